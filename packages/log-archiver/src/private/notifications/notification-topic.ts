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
import { addOrWarnOfStatements } from '../policy-statements';
import { type Place, refuseElsewhere, validateKey } from '../validate-environment';

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
    this.refuseWhatNobodyPublishesTo();
    if (this.key) {
      const place: Place = { parameter: 'the key of notificationTopic', whose: 'the archiver', aspects: ['region'] };
      validateKey(this, place, this.key);
    }
    if (this.isOfAnotherAccount) {
      // The account, since no policy takes a role that is not there yet: which of its roles may, the roles' policies say.
      const principal = new AccountPrincipal(Stack.of(this).account);
      this.let('RolesPublish', 'runs that fail tell nobody', this.publish(principal, {}));
      this.letKey('RolesUseTheKey', 'runs that fail tell nobody', principal, this.throughSns);
    }
  }

  /** Whoever publishes uses the topic's key; to publish is the role's own business. */
  public letUseKey(role: IRole) {
    if (this.key) {
      role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
          resources: [this.key.keyArn],
          conditions: this.throughSns,
        }),
      );
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
    this.letServiceUseKey('AlarmsUseTheKey', 'alarms tell nobody', 'cloudwatch.amazonaws.com');
  }

  private letRule(rule: IRule, input: RuleTargetInput): RuleTargetConfig {
    if (this.isOfAnotherAccount) {
      // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
      const role = new Role(this, 'EventsRole', {
        assumedBy: new ServicePrincipal('events.amazonaws.com', {
          conditions: { ArnLike: { 'aws:SourceArn': this.patternOf(rule) } },
        }),
      });
      role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [this.topic.topicArn] }));
      this.letUseKey(role);
      return { arn: this.topic.topicArn, input, role };
    }
    this.let(
      'EventsPublish',
      'runs that were stopped or timed out tell nobody',
      this.publish(new ServicePrincipal('events.amazonaws.com'), {
        ArnLike: { 'aws:SourceArn': this.patternOf(rule) },
      }),
    );
    this.letServiceUseKey('EventsUseTheKey', 'runs that were stopped or timed out tell nobody', 'events.amazonaws.com');
    return { arn: this.topic.topicArn, input };
  }

  private get throughSns() {
    const { region, urlSuffix } = Stack.of(this);
    return { StringEquals: { 'kms:ViaService': `sns.${region}.${urlSuffix}` } };
  }

  private get isOfAnotherAccount(): boolean {
    return this.topic.env.account !== Stack.of(this).account;
  }

  private refuseWhatNobodyPublishesTo() {
    const { fifo, topicArn, env } = this.topic;
    if (fifo || topicArn.endsWith('.fifo')) {
      throw new Error(
        `notificationTopic must be a standard topic, since alarms and rules publish to no FIFO one, got ${this.topic.node.path}`,
      );
    }
    refuseElsewhere(this, { parameter: 'notificationTopic', whose: 'the archiver', aspects: ['region'] }, env);
  }

  /**
   * A topic of another stack cannot wait for the rule, which waits for the topic, and the statement for an imported one is
   * printed: there it is any rule of the account.
   */
  private patternOf(rule: IRule): string {
    const { account, partition, region } = Stack.of(this);
    const isHere = Resource.isOwnedResource(this.topic) && Stack.of(this.topic) === Stack.of(this);
    return isHere ? rule.ruleArn : `arn:${partition}:events:${region}:${account}:rule/*`;
  }

  private publish(principal: IPrincipal, conditions: Record<string, Record<string, string>>) {
    return new PolicyStatement({
      principals: [principal],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions,
    });
  }

  private let(id: string, otherwise: string, statement: PolicyStatement) {
    const start = `the policy of an imported topic cannot be changed from here; ${otherwise} until it has this statement`;
    addOrWarnOfStatements(this, this.topic, `topicPolicy${id}`, start, [statement]);
  }

  /**
   * By the account alone: the topic waits for its key, and the rule for the topic, so the key's policy can wait for neither.
   * And where it is said: AWS does not say whether these services do when SNS asks the key on their behalf.
   */
  private letServiceUseKey(id: string, otherwise: string, service: string) {
    const fromHere = { StringEqualsIfExists: { 'aws:SourceAccount': Stack.of(this).account } };
    this.letKey(id, otherwise, new ServicePrincipal(service), fromHere);
  }

  private letKey(id: string, otherwise: string, principal: IPrincipal, conditions: Record<string, object>) {
    const statement = new PolicyStatement({
      principals: [principal],
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      resources: ['*'],
      conditions,
    });
    if (this.key) {
      const start = `the policy of the topic's key, imported, cannot be changed from here; ${otherwise} until it has this statement`;
      addOrWarnOfStatements(this, this.key, `topicKeyPolicy${id}`, start, [statement]);
    }
  }
}
