import { Stack } from 'aws-cdk-lib';
import type { IRuleTarget, RuleTargetConfig, RuleTargetInput } from 'aws-cdk-lib/aws-events';
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
import { viaServices } from '../via-service';

export interface NotificationTopicProps {
  readonly topic: ITopic;
  /** Role of the state machine, which publishes with permissions of its own. */
  readonly publisher: IRole;
  readonly rolePath: string;
}

/** Results of a missing statement, for warnings. */
const WITHOUT = {
  ROLES: 'operators are not notified of failed, stopped or timed-out runs',
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
  private readonly eventsRole: Role;

  constructor(scope: Construct, id: string, { topic, publisher, rolePath }: NotificationTopicProps) {
    super(scope, id);
    this.topic = topic;
    this.key = topic.masterKey;
    if (this.isCrossAccount) {
      // The account, because a policy cannot name a role that does not exist yet. The roles' own policies limit who
      // publishes.
      const principal = new AccountPrincipal(Stack.of(this).account);
      this.addToTopicPolicy('RolesPublish', WITHOUT.ROLES, principal, {});
      this.addToKeyPolicy('RolesUseTheKey', WITHOUT.ROLES, principal, this.viaSns);
    }
    this.grantKeyUse(publisher);
    this.eventsRole = this.createEventsRole(rolePath);
  }

  /** Returns a target that publishes a message when a rule matches. */
  public createTarget(input: RuleTargetInput): IRuleTarget {
    const { eventsRole: role, topic } = this;
    return { bind: (): RuleTargetConfig => ({ arn: topic.topicArn, input, role }) };
  }

  /** Allows every alarm of the account to publish. */
  public grantAlarms() {
    const { account, partition, region } = Stack.of(this);
    const alarms = `arn:${partition}:cloudwatch:${region}:${account}:alarm:*`;
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    this.addToTopicPolicy('AlarmsPublish', WITHOUT.ALARMS, cloudWatch, {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': alarms },
    });
    // Limited only by account: the topic depends on its key, and the alarms depend on the topic, so the key's policy can
    // refer to neither. IfExists: AWS does not document whether SNS passes the source account on when it uses the key.
    const fromAccount = { StringEqualsIfExists: { 'aws:SourceAccount': account } };
    this.addToKeyPolicy('AlarmsUseTheKey', WITHOUT.ALARMS, cloudWatch, fromAccount);
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

  /**
   * Creates the role with which EventBridge publishes, so that the topic's policy need not admit EventBridge.
   *
   * The rules depend on the role, so its trust policy cannot name them: it admits every rule of the account.
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
   */
  private createEventsRole(path: string): Role {
    const { account, partition, region } = Stack.of(this);
    const rules = `arn:${partition}:events:${region}:${account}:rule/*`;
    const role = new Role(this, 'EventsRole', {
      path,
      assumedBy: new ServicePrincipal('events.amazonaws.com', { conditions: { ArnLike: { 'aws:SourceArn': rules } } }),
    });
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [this.topic.topicArn] }));
    this.grantKeyUse(role);
    return role;
  }

  private get viaSns() {
    return { StringEquals: { 'kms:ViaService': viaServices(Stack.of(this), 'sns') } };
  }

  private get isCrossAccount(): boolean {
    return this.topic.env.account !== Stack.of(this).account;
  }

  private addToTopicPolicy(
    id: string,
    consequence: string,
    principal: IPrincipal,
    conditions: Record<string, Record<string, string | string[]>>,
  ) {
    const statement = new PolicyStatement({
      principals: [principal],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions,
    });
    const warning = {
      id: `topicPolicy${id}`,
      text:
        'notificationTopic is imported, so its policy cannot be updated automatically; ' +
        `${consequence} until the topic policy contains this statement`,
      arn: this.topic.topicArn,
      account: this.topic.env.account,
    };
    addOrPrintStatements(this, this.topic, warning, [statement]);
  }

  private addToKeyPolicy(
    id: string,
    consequence: string,
    principal: IPrincipal,
    conditions: Record<string, Record<string, string | string[]>>,
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
    const warning = {
      id: `topicKeyPolicy${id}`,
      text:
        'the KMS key of notificationTopic is imported, so its policy cannot be updated automatically; ' +
        `${consequence} until the key policy contains this statement`,
      arn: this.key.keyArn,
      account: this.key.env.account,
    };
    addOrPrintStatements(this, this.key, warning, [statement]);
  }
}
