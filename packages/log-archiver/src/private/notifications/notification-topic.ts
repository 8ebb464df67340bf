import { Resource, Stack } from 'aws-cdk-lib';
import type { IRule, IRuleTarget, RuleTargetConfig, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import {
  AccountPrincipal,
  type IPrincipal,
  type IRole,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { addOrPrintStatements } from '../policy-statements';

export interface NotificationTopicProps {
  readonly topic: ITopic;
  /** Role of the state machine, which publishes with permissions of its own. */
  readonly publisher: IRole;
}

/** Results of a missing statement, for warnings. */
const WITHOUT = {
  RUNS: 'operators are not notified of failed runs',
  RULE: 'operators are not notified of stopped or timed-out runs',
  ALARMS: 'alarms do not notify operators',
};

/**
 * Topic for notifications, and the grants to publish there.
 *
 * A statement of ours replaces the default policy of a topic, under which every alarm of the account may publish. So
 * our statement also admits every alarm of the account.
 */
export class NotificationTopic extends Construct {
  public readonly topic: ITopic;
  private readonly key?: IKey;

  constructor(scope: Construct, id: string, { topic, publisher }: NotificationTopicProps) {
    super(scope, id);
    this.topic = topic;
    this.key = topic.masterKey;
    if (this.isCrossAccount) {
      // The account, because a policy cannot name a role that does not exist yet. The roles' own policies limit who
      // publishes.
      const principal = new AccountPrincipal(Stack.of(this).account);
      this.addToTopicPolicy('RolesPublish', WITHOUT.RUNS, principal, {});
      this.addToKeyPolicy('RolesUseTheKey', WITHOUT.RUNS, principal, this.viaSns);
    }
    this.grantKeyUse(publisher);
  }

  /** Returns a target that publishes a message when a rule matches. */
  public createTarget(input: RuleTargetInput): IRuleTarget {
    return { bind: (rule: IRule): RuleTargetConfig => this.bindRule(rule, input) };
  }

  /** Allows every alarm of the account to publish. */
  public grantAlarms() {
    const { account, partition, region } = Stack.of(this);
    const alarms = `arn:${partition}:cloudwatch:${region}:${account}:alarm:*`;
    this.addToTopicPolicy('AlarmsPublish', WITHOUT.ALARMS, new ServicePrincipal('cloudwatch.amazonaws.com'), {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': alarms },
    });
    this.grantServiceKeyUse('AlarmsUseTheKey', WITHOUT.ALARMS, 'cloudwatch.amazonaws.com');
  }

  /** A publisher needs the topic's key, in addition to `sns:Publish`. */
  private grantKeyUse(role: IRole) {
    if (this.key) {
      role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
          resources: [this.key.keyArn],
          conditions: this.viaSns,
        }),
      );
    }
  }

  private bindRule(rule: IRule, input: RuleTargetInput): RuleTargetConfig {
    if (this.isCrossAccount) {
      // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
      const role = new Role(this, 'EventsRole', {
        assumedBy: new ServicePrincipal('events.amazonaws.com', {
          conditions: { ArnLike: { 'aws:SourceArn': this.createRulePattern(rule) } },
        }),
      });
      role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [this.topic.topicArn] }));
      this.grantKeyUse(role);
      return { arn: this.topic.topicArn, input, role };
    }
    this.addToTopicPolicy('EventsPublish', WITHOUT.RULE, new ServicePrincipal('events.amazonaws.com'), {
      ArnLike: { 'aws:SourceArn': this.createRulePattern(rule) },
    });
    this.grantServiceKeyUse('EventsUseTheKey', WITHOUT.RULE, 'events.amazonaws.com');
    return { arn: this.topic.topicArn, input };
  }

  private get viaSns() {
    const { region, urlSuffix } = Stack.of(this);
    return { StringEquals: { 'kms:ViaService': `sns.${region}.${urlSuffix}` } };
  }

  private get isCrossAccount(): boolean {
    return this.topic.env.account !== Stack.of(this).account;
  }

  /**
   * Returns the ARN of the rule, or a pattern for any rule of the account if the topic is not in the rule's stack.
   *
   * The rule's stack depends on the stack of the topic, so the topic's policy must not refer to the rule. The statement
   * for an imported topic is printed, and must not contain a reference either.
   */
  private createRulePattern(rule: IRule): string {
    const { account, partition, region } = Stack.of(this);
    const isInStack = Resource.isOwnedResource(this.topic) && Stack.of(this.topic) === Stack.of(this);
    return isInStack ? rule.ruleArn : `arn:${partition}:events:${region}:${account}:rule/*`;
  }

  private addToTopicPolicy(
    id: string,
    consequence: string,
    principal: IPrincipal,
    conditions: Record<string, Record<string, string>>,
  ) {
    const statement = new PolicyStatement({
      principals: [principal],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions,
    });
    const warning =
      'notificationTopic is imported, so its policy cannot be updated automatically; ' +
      `${consequence} until the topic policy contains this statement`;
    addOrPrintStatements(this, this.topic, `topicPolicy${id}`, warning, [statement]);
  }

  /**
   * Allows a service to use the topic's key, limited only by account.
   *
   * The topic depends on its key, and the rule depends on the topic, so the key's policy can refer to neither.
   * IfExists: AWS does not document whether SNS passes the source account on when it uses the key for these services.
   */
  private grantServiceKeyUse(id: string, consequence: string, service: string) {
    const fromAccount = { StringEqualsIfExists: { 'aws:SourceAccount': Stack.of(this).account } };
    this.addToKeyPolicy(id, consequence, new ServicePrincipal(service), fromAccount);
  }

  private addToKeyPolicy(
    id: string,
    consequence: string,
    principal: IPrincipal,
    conditions: Record<string, Record<string, string>>,
  ) {
    if (this.key === undefined) {
      return;
    }
    const statement = new PolicyStatement({
      principals: [principal],
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      resources: ['*'],
      conditions,
    });
    const warning =
      'the KMS key of notificationTopic is imported, so its policy cannot be updated automatically; ' +
      `${consequence} until the key policy contains this statement`;
    addOrPrintStatements(this, this.key, `topicKeyPolicy${id}`, warning, [statement]);
  }
}
