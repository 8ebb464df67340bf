import { type AccessCase, createCase } from './access-cases';
import { getRoleArns } from './archiver-cases';
import { type DeployedStack, REGION } from './deployed-stack';
import { LOGS } from './service-cases';

const FOREIGN_ACCOUNT = '333333333333';
const OVER_PLAIN_HTTP = { 'aws:SecureTransport': 'false' };
const EVENTS_ROLE = 'ArchiverNotificationTopicEventsRole';
const USES_OF_A_QUEUE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:PurgeQueue', 'sqs:SetQueueAttributes'];

/** Returns the access to the dead-letter queue of the schedule. */
export function listQueueCases(
  stack: DeployedStack,
  administrator: string,
  foreigner: string,
  { schedule, ...otherRoles }: { schedule: string } & Record<string, string> = getRoleArns(stack),
): AccessCase[] {
  const queue = stack.arn('AWS::SQS::Queue');
  const denied = [foreigner, 'scheduler.amazonaws.com', 'events.amazonaws.com', 'sns.amazonaws.com'];
  return [
    createCase(true, schedule, 'sqs:SendMessage', queue),
    createCase(false, schedule, 'sqs:SendMessage', `arn:aws:sqs:${REGION}:${stack.account}:another`),
    createCase(false, schedule, 'sqs:SendMessage', queue, OVER_PLAIN_HTTP),
    ...[administrator, ...denied, ...Object.values(otherRoles)].map((who) =>
      createCase(false, who, 'sqs:SendMessage', queue),
    ),
    ...USES_OF_A_QUEUE.flatMap((action) => [
      createCase(true, administrator, action, queue),
      createCase(false, administrator, action, queue, OVER_PLAIN_HTTP),
      ...[schedule, ...denied, ...Object.values(otherRoles)].map((who) => createCase(false, who, action, queue)),
    ]),
  ];
}

type Context = Record<string, string>;

const through = (service: string): Context => ({ 'kms:ViaService': `${service}.${REGION}.amazonaws.com` });

/** Returns the access to the topic. */
export function listTopicCases(stack: DeployedStack, administrator: string, foreigner: string): AccessCase[] {
  const { account } = stack;
  const topic = stack.arn('AWS::SNS::Topic');
  const rule = stack.arn('AWS::Events::Rule', 'ArchiverWatchStopped');
  const ofRules = stack.arn('AWS::IAM::Role', EVENTS_ROLE);
  const alarm = stack.arn('AWS::CloudWatch::Alarm', 'ArchiverWatchNotStarted');
  const of = (arn: string, owner = account): Context => ({ 'aws:SourceAccount': owner, 'aws:SourceArn': arn });
  const moveToAnotherAccount = (arn: string) => arn.replace(account, FOREIGN_ACCOUNT);
  const [events, alarms] = ['events.amazonaws.com', 'cloudwatch.amazonaws.com'];
  const publish = (allowed: boolean, who: string, context?: Context, to = topic) =>
    createCase(allowed, who, 'sns:Publish', to, context);
  return [
    ...Object.entries({ ...getRoleArns(stack), ofRules }).flatMap(([name, role]) => [
      publish(['machine', 'ofRules'].includes(name), role),
      publish(false, role, undefined, `${topic}-of-another`),
      ...['sns:Subscribe', 'sns:SetTopicAttributes', 'sns:DeleteTopic'].map((each) =>
        createCase(false, role, each, topic),
      ),
    ]),
    publish(true, administrator),
    publish(false, foreigner),
    publish(false, events, of(rule)),
    publish(true, alarms, of(alarm)),
    publish(true, alarms, of(alarm.replace(/[^:]*$/, 'Another'))),
    publish(false, alarms),
    publish(false, alarms, { 'aws:SourceAccount': account }),
    publish(false, alarms, { 'aws:SourceArn': alarm }),
    publish(false, alarms, of(moveToAnotherAccount(alarm), FOREIGN_ACCOUNT)),
    publish(false, alarms, of(moveToAnotherAccount(alarm))),
    publish(false, alarms, of(alarm, FOREIGN_ACCOUNT)),
    publish(false, alarms, of(alarm.replace(REGION, 'us-east-1'))),
    publish(false, alarms, of(rule)),
    ...['s3.amazonaws.com', 'sqs.amazonaws.com', LOGS].flatMap((service) =>
      [rule, alarm].map((arn) => publish(false, service, of(arn))),
    ),
    ...['sns:Subscribe', 'sns:SetTopicAttributes', 'sns:GetTopicAttributes'].flatMap((action) => [
      createCase(false, events, action, topic, of(rule)),
      createCase(false, alarms, action, topic, of(alarm)),
    ]),
  ];
}

/** Returns the access to the topic's key, except for the role of the state machine. */
export function listTopicKeyCases(stack: DeployedStack, administrator: string, foreigner: string): AccessCase[] {
  const key = stack.arn('AWS::KMS::Key', 'TopicKey');
  const of = (account: string): Context => ({ 'aws:SourceAccount': account });
  const ofRules = stack.arn('AWS::IAM::Role', EVENTS_ROLE);
  const publishers = ['cloudwatch.amazonaws.com'];
  const others = [foreigner, 'events.amazonaws.com', 'sns.amazonaws.com', 'delivery.logs.amazonaws.com', LOGS];
  return [
    createCase(true, administrator, 'kms:PutKeyPolicy', key),
    ...['kms:GenerateDataKey', 'kms:Decrypt'].flatMap((action) => [
      ...publishers.flatMap((who) => [
        createCase(true, who, action, key, of(stack.account)),
        // AWS does not document whether the call has the source account.
        createCase(true, who, action, key),
        createCase(false, who, action, key, of(FOREIGN_ACCOUNT)),
      ]),
      ...others.map((who) => createCase(false, who, action, key, of(stack.account))),
      createCase(true, ofRules, action, key, through('sns')),
      createCase(false, ofRules, action, key, through('sqs')),
      createCase(false, ofRules, action, key),
      createCase(false, ofRules, action, stack.arn('AWS::KMS::Key', 'AnotherKey'), through('sns')),
    ]),
    createCase(false, ofRules, 'kms:CreateGrant', key, through('sns')),
    ...['kms:Encrypt', 'kms:CreateGrant', 'kms:PutKeyPolicy'].flatMap((action) =>
      [...publishers, foreigner].map((who) => createCase(false, who, action, key, of(stack.account))),
    ),
  ];
}

/** Returns who may publish metrics, and who may assume the role of the rules. */
export function listRuleAndMetricCases(stack: DeployedStack, administrator: string, foreigner: string): AccessCase[] {
  const { account } = stack;
  const ofRules = stack.arn('AWS::IAM::Role', EVENTS_ROLE);
  const { schedule, ...otherRoles } = getRoleArns(stack);
  const ofNamespace = (namespace: string): Context => ({ 'cloudwatch:namespace': namespace });
  const publish = (allowed: boolean, who: string, context?: Context) =>
    createCase(allowed, who, 'cloudwatch:PutMetricData', '*', context);
  const assume = (allowed: boolean, who: string, context?: Context) => ({
    ...createCase(allowed, who, 'sts:AssumeRole', ofRules, context),
    owner: account,
  });
  const fromRule = (owner: string, resource = 'rule/any'): Context => ({
    'aws:SourceArn': `arn:aws:events:${REGION}:${owner}:${resource}`,
  });
  return [
    publish(true, schedule, ofNamespace('LogArchiver')),
    publish(false, schedule, ofNamespace('AWS/States')),
    publish(false, schedule),
    ...[ofRules, ...Object.values(otherRoles)].map((who) => publish(false, who, ofNamespace('LogArchiver'))),
    ...['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'].map((action) =>
      createCase(false, schedule, action, stack.arn('AWS::CloudWatch::Alarm', 'ArchiverWatchNoSuccess')),
    ),
    assume(true, 'events.amazonaws.com', fromRule(account)),
    assume(false, 'events.amazonaws.com', fromRule(FOREIGN_ACCOUNT)),
    assume(false, 'events.amazonaws.com', fromRule(account, 'event-bus/default')),
    assume(false, 'events.amazonaws.com'),
    { ...assume(false, 'events.amazonaws.com', fromRule(account)), action: 'sts:TagSession' },
    ...['states.amazonaws.com', 'scheduler.amazonaws.com', administrator, foreigner].map((who) =>
      assume(false, who, fromRule(account)),
    ),
  ];
}
