import { Stack } from 'aws-cdk-lib';
import type { IRule, IRuleTarget, RuleTargetConfig, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { warnOfStatements } from './warn-of-statements';

export interface OperatorTopicProps {
  readonly topic: ITopic;
}

/**
 * The topic that operators read, and who may publish there. A policy of its own takes the place of the one that SNS gives
 * every topic, by which alarms of the account may: so all of them may by this one, too.
 */
export class OperatorTopic extends Construct {
  public readonly topic: ITopic;
  private readonly key?: IKey;

  constructor(scope: Construct, id: string, { topic }: OperatorTopicProps) {
    super(scope, id);
    this.topic = topic;
    this.key = topic.masterKey;
  }

  /** Its policy on the topic is the task's own; this is the key's, and what another account's topic wants. */
  public letPublish(role: IRole) {
    const { account, region, urlSuffix } = Stack.of(this);
    if (this.key) {
      role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
          resources: [this.key.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `sns.${region}.${urlSuffix}` } },
        }),
      );
    }
    if (this.topic.env.account !== account) {
      // The account, since no policy takes a role that is not there yet: which of its roles may, the roles' policies say.
      this.let('RolePublishes', 'runs that fail tell nobody', this.publish(new AccountPrincipal(account), {}));
    }
  }

  /** The target of a rule: a text, published by EventBridge. */
  public target(input: RuleTargetInput): IRuleTarget {
    return { bind: (rule: IRule): RuleTargetConfig => this.letRule(rule, input) };
  }

  public letAlarms() {
    const { account, partition, region } = Stack.of(this);
    const alarms = `arn:${partition}:cloudwatch:${region}:${account}:alarm:*`;
    this.let(
      'AlarmsPublish',
      'alarms tell nobody',
      this.publish(new ServicePrincipal('cloudwatch.amazonaws.com'), {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': alarms },
      }),
    );
    this.letUseKey('AlarmsUseTheKey', 'alarms tell nobody', 'cloudwatch.amazonaws.com');
  }

  private letRule(rule: IRule, input: RuleTargetInput): RuleTargetConfig {
    this.let(
      'EventsPublish',
      'runs that were stopped or timed out tell nobody',
      this.publish(new ServicePrincipal('events.amazonaws.com'), {
        ArnLike: { 'aws:SourceArn': this.patternOf(rule) },
      }),
    );
    this.letUseKey('EventsUseTheKey', 'runs that were stopped or timed out tell nobody', 'events.amazonaws.com');
    return { arn: this.topic.topicArn, input };
  }

  /** A topic of another stack cannot wait for the rule, which waits for the topic: there it is any rule of the account. */
  private patternOf(rule: IRule): string {
    const { account, partition, region } = Stack.of(this);
    const isHere = Stack.of(this.topic) === Stack.of(this);
    return isHere ? rule.ruleArn : `arn:${partition}:events:${region}:${account}:rule/*`;
  }

  private publish(principal: ServicePrincipal | AccountPrincipal, conditions: Record<string, Record<string, string>>) {
    return new PolicyStatement({
      principals: [principal],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions,
    });
  }

  private let(id: string, otherwise: string, statement: PolicyStatement) {
    if (!this.topic.addToResourcePolicy(statement).statementAdded) {
      const start = `the policy of an imported topic cannot be changed from here; ${otherwise} until it has this statement`;
      warnOfStatements(this, `topicPolicy${id}`, start, [statement]);
    }
  }

  /**
   * By the account alone: the topic waits for its key, and the rule for the topic, so the key's policy can wait for neither.
   * And where it is said: AWS does not say whether these services do when SNS asks the key on their behalf.
   */
  private letUseKey(id: string, otherwise: string, service: string) {
    const statement = new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      resources: ['*'],
      conditions: { StringEqualsIfExists: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    if (this.key && !this.key.addToResourcePolicy(statement).statementAdded) {
      const start = `the policy of the topic's key, imported, cannot be changed from here; ${otherwise} until it has this statement`;
      warnOfStatements(this, `topicKeyPolicy${id}`, start, [statement]);
    }
  }
}
