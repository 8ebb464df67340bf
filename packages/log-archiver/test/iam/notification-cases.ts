import { asking, type Row } from './access-cases';
import { rolesOf } from './archiver-cases';
import { type DeployedStack, REGION } from './deployed-stack';
import { LOGS } from './service-cases';

const STRANGER = '333333333333';
const OVER_PLAIN_HTTP = { 'aws:SecureTransport': 'false' };
const USES_OF_A_QUEUE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:PurgeQueue', 'sqs:SetQueueAttributes'];

/** Who sends to the dead-letter queue of the schedule, and who reads there. */
export function queueRows(stack: DeployedStack, administrator: string, stranger: string): Row[] {
  const queue = stack.arn('AWS::SQS::Queue');
  const { schedule, ...others } = rolesOf(stack);
  const nobody = [stranger, 'scheduler.amazonaws.com', 'events.amazonaws.com', 'sns.amazonaws.com'];
  return [
    asking(true, schedule, 'sqs:SendMessage', queue),
    asking(false, schedule, 'sqs:SendMessage', `arn:aws:sqs:${REGION}:${stack.account}:another`),
    asking(false, schedule, 'sqs:SendMessage', queue, OVER_PLAIN_HTTP),
    ...[administrator, ...nobody, ...Object.values(others)].map((who) => asking(false, who, 'sqs:SendMessage', queue)),
    ...USES_OF_A_QUEUE.flatMap((action) => [
      asking(true, administrator, action, queue),
      asking(false, administrator, action, queue, OVER_PLAIN_HTTP),
      ...[schedule, ...nobody, ...Object.values(others)].map((who) => asking(false, who, action, queue)),
    ]),
  ];
}

type Context = Record<string, string>;

/** Who publishes to the topic. */
export function topicRows(stack: DeployedStack, administrator: string, stranger: string): Row[] {
  const { account } = stack;
  const topic = stack.arn('AWS::SNS::Topic');
  const rule = stack.arn('AWS::Events::Rule');
  const alarm = stack.arn('AWS::CloudWatch::Alarm', 'ArchiverWatchNotStarted');
  const of = (arn: string, owner = account): Context => ({ 'aws:SourceAccount': owner, 'aws:SourceArn': arn });
  const inAnotherAccount = (arn: string) => arn.replace(account, STRANGER);
  const [events, alarms] = ['events.amazonaws.com', 'cloudwatch.amazonaws.com'];
  const publish = (allowed: boolean, who: string, context?: Context, to = topic) =>
    asking(allowed, who, 'sns:Publish', to, context);
  return [
    ...Object.entries(rolesOf(stack)).flatMap(([name, role]) => [
      publish(name === 'machine', role),
      publish(false, role, undefined, `${topic}-of-another`),
      ...['sns:Subscribe', 'sns:SetTopicAttributes', 'sns:DeleteTopic'].map((each) => asking(false, role, each, topic)),
    ]),
    publish(true, administrator),
    publish(false, stranger),
    publish(true, events, of(rule)),
    publish(false, events),
    publish(false, events, of(`${rule}-of-another`)),
    publish(false, events, of(inAnotherAccount(rule), STRANGER)),
    publish(true, alarms, of(alarm)),
    publish(true, alarms, of(alarm.replace(/[^:]*$/, 'Another'))),
    publish(false, alarms),
    publish(false, alarms, { 'aws:SourceAccount': account }),
    publish(false, alarms, { 'aws:SourceArn': alarm }),
    publish(false, alarms, of(inAnotherAccount(alarm), STRANGER)),
    publish(false, alarms, of(inAnotherAccount(alarm))),
    publish(false, alarms, of(alarm, STRANGER)),
    publish(false, alarms, of(alarm.replace(REGION, 'us-east-1'))),
    publish(false, alarms, of(rule)),
    ...['s3.amazonaws.com', 'sqs.amazonaws.com', LOGS].flatMap((service) =>
      [rule, alarm].map((arn) => publish(false, service, of(arn))),
    ),
    ...['sns:Subscribe', 'sns:SetTopicAttributes', 'sns:GetTopicAttributes'].flatMap((action) => [
      asking(false, events, action, topic, of(rule)),
      asking(false, alarms, action, topic, of(alarm)),
    ]),
  ];
}

/** Who uses the key of the topic, besides the role of the state machine. */
export function topicKeyRows(stack: DeployedStack, administrator: string, stranger: string): Row[] {
  const key = stack.arn('AWS::KMS::Key', 'TopicKey');
  const of = (account: string): Context => ({ 'aws:SourceAccount': account });
  const publishers = ['events.amazonaws.com', 'cloudwatch.amazonaws.com'];
  const others = [stranger, 'sns.amazonaws.com', 'delivery.logs.amazonaws.com', LOGS];
  return [
    asking(true, administrator, 'kms:PutKeyPolicy', key),
    ...['kms:GenerateDataKey', 'kms:Decrypt'].flatMap((action) => [
      ...publishers.flatMap((who) => [
        asking(true, who, action, key, of(stack.account)),
        // AWS does not say whether it comes along.
        asking(true, who, action, key),
        asking(false, who, action, key, of(STRANGER)),
      ]),
      ...others.map((who) => asking(false, who, action, key, of(stack.account))),
    ]),
    ...['kms:Encrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy'].flatMap((action) =>
      [...publishers, stranger].map((who) => asking(false, who, action, key, of(stack.account))),
    ),
  ];
}
