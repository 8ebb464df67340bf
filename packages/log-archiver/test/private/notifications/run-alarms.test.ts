import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { getResources, getWarnings, newApp, newArchiver, newStack, type Resource, TOKYO } from '../../archiver-stack';

type Props = Parameters<typeof newArchiver>[1];

function createNotified(props: Props = {}) {
  const stack = newStack({ env: TOKYO });
  const archiver = newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic'), ...props });
  return { stack, archiver, resources: getResources(stack) };
}

// biome-ignore lint/suspicious/noExplicitAny: each test knows the content
function findByType(resources: Record<string, Resource>, type: string): [string, Record<string, any>][] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
    Type === type ? [[id.slice(0, -8), Properties]] : [],
  );
}

const ofPartition = (...rest: string[]) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ...rest]] });

describe('an archiver without a topic', () => {
  it('has no alarms, rules or metric filters', () => {
    const stack = newStack();
    newArchiver(stack);
    const types = Object.values(getResources(stack)).map(({ Type }) => Type);
    expect(types.filter((type) => /Alarm|Rule|MetricFilter|SNS/.test(type))).toEqual([]);
  });
});

describe('the alarms', () => {
  const { resources } = createNotified();
  const alarms = Object.fromEntries(findByType(resources, 'AWS::CloudWatch::Alarm'));

  it('are three, with an action only for ALARM', () => {
    expect(Object.keys(alarms)).toEqual(['ArchiverWatchUntold', 'ArchiverWatchNotStarted', 'ArchiverWatchNoSuccess']);
    for (const { AlarmActions, OKActions, InsufficientDataActions } of Object.values(alarms)) {
      expect([AlarmActions, OKActions, InsufficientDataActions]).toEqual([
        [{ Ref: expect.stringMatching(/^Topic/) }],
        undefined,
        undefined,
      ]);
    }
  });

  it('describe the problem, the command to run, and the article of the runbook', () => {
    const machine = { Ref: expect.stringMatching(/^ArchiverWorkflowStateMachine/) };
    const describeWith = (text: string, article: string) => [
      'LogArchiver ',
      { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverWorkflowStateMachine/), 'Name'] },
      `: ${text} To archive what is missing: aws stepfunctions start-execution --region ap-northeast-1 --state-machine-arn `,
      machine,
      ` Runbook: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#${article}`,
    ];
    const { ArchiverWatchUntold, ArchiverWatchNotStarted, ArchiverWatchNoSuccess } = alarms;
    const descriptions = [ArchiverWatchUntold, ArchiverWatchNotStarted, ArchiverWatchNoSuccess].map(
      ({ AlarmDescription }) => AlarmDescription['Fn::Join'][1],
    );
    expect(descriptions).toEqual([
      describeWith(
        'a run failed with an error that it could not report. See the last event of the execution.',
        'unreported-failure',
      ),
      describeWith(
        'the schedule could not start a run. The messages in its dead-letter queue say why; purge the queue to end the alarm.',
        'run-not-started',
      ),
      describeWith('no successful run in 51 hours. See the last run.', 'no-successful-run'),
    ]);
  });

  it('include one for no successful run in 51 consecutive hours, also without data', () => {
    expect(alarms.ArchiverWatchNoSuccess).toMatchObject({
      ...{ Namespace: 'AWS/States', MetricName: 'ExecutionsSucceeded', Statistic: 'Sum', Period: 3_600 },
      ...{
        EvaluationPeriods: 51,
        Threshold: 1,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
      },
      Dimensions: [{ Name: 'StateMachineArn', Value: { Ref: expect.stringMatching(/^ArchiverWorkflowStateMachine/) } }],
    });
    expect(alarms.ArchiverWatchNoSuccess).not.toHaveProperty('DatapointsToAlarm');
  });

  it('do not include the one for no successful run if the schedule is disabled', () => {
    const disabled = Object.fromEntries(
      findByType(createNotified({ enabled: false }).resources, 'AWS::CloudWatch::Alarm'),
    );
    expect(Object.keys(disabled)).toEqual(['ArchiverWatchUntold', 'ArchiverWatchNotStarted']);
  });

  it('include one for any message in the dead-letter queue', () => {
    expect(alarms.ArchiverWatchNotStarted).toMatchObject({
      ...{ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Statistic: 'Maximum', Period: 300 },
      ...{ EvaluationPeriods: 1, Threshold: 1, TreatMissingData: 'notBreaching' },
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  it.each([
    ['with a key', true],
    ['without', false],
  ])('include one for a run that logs an error that no state can catch: %s', (_, isEncrypted) => {
    const stack = newStack({ env: TOKYO });
    const encryptionKey = isEncrypted ? new Key(stack, 'Key') : undefined;
    newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic'), encryptionKey });
    const [[, filter]] = findByType(getResources(stack), 'AWS::Logs::MetricFilter');
    const [, parts] = filter.FilterPattern['Fn::Join'];
    expect(parts[0]).toBe(
      '{ ($.type = "ExecutionFailed") && ($.details.error = "States.*") && ($.execution_arn = "arn:',
    );
    expect(parts.at(-1)).toBe(':*") }');
    const [{ MetricName, MetricNamespace, MetricValue }] = filter.MetricTransformations;
    expect([MetricNamespace, MetricValue]).toEqual(['LogArchiver', '1']);
    const unreported = Object.fromEntries(
      findByType(getResources(stack), 'AWS::CloudWatch::Alarm'),
    ).ArchiverWatchUntold;
    expect(unreported).toMatchObject({
      MetricName,
      Namespace: 'LogArchiver',
      Statistic: 'Sum',
      Period: 300,
      Threshold: 1,
    });
  });
});

describe('the rule', () => {
  const { resources } = createNotified();
  const rules = findByType(resources, 'AWS::Events::Rule');

  it('notifies of runs that timed out or were aborted, but not of failed runs, which report themselves', () => {
    expect(rules.map(([id]) => id)).toEqual(['ArchiverWatchStopped']);
    const [[, { EventPattern, Targets }]] = rules;
    expect(EventPattern).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [{ Ref: expect.stringMatching(/^ArchiverWorkflowStateMachine/) }],
        status: ['TIMED_OUT', 'ABORTED'],
      },
    });
    expect(Targets).toEqual([
      {
        Arn: { Ref: expect.stringMatching(/^Topic/) },
        Id: 'Target0',
        InputTransformer: {
          InputPathsMap: { 'detail-executionArn': '$.detail.executionArn', 'detail-status': '$.detail.status' },
          InputTemplate: {
            'Fn::Join': [
              '',
              [
                '"LogArchiver: the run <detail-executionArn> ended with status <detail-status>. What it archived stays ' +
                  'archived. To archive what is missing: aws stepfunctions start-execution --region ap-northeast-1 ' +
                  '--state-machine-arn ',
                { Ref: expect.stringMatching(/^ArchiverWorkflowStateMachine/) },
                ' Runbook: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#run-timed-out ' +
                  'https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#run-aborted"',
              ],
            ],
          },
        },
      },
    ]);
  });
});

describe('the policy of the topic', () => {
  const publish = (Service: string, Condition: object) => ({
    ...{ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service } },
    ...{ Resource: { Ref: expect.stringMatching(/^Topic/) }, Condition },
  });

  it('admits this rule, and every alarm of the account like the default policy', () => {
    const [[, { PolicyDocument }]] = findByType(createNotified().resources, 'AWS::SNS::TopicPolicy');
    expect(PolicyDocument.Statement).toMatchObject([
      publish('events.amazonaws.com', {
        ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverWatchStopped/), 'Arn'] } },
      }),
      publish('cloudwatch.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': TOKYO.account },
        ArnLike: { 'aws:SourceArn': ofPartition(':cloudwatch:ap-northeast-1:123456789012:alarm:*') },
      }),
    ]);
  });

  it('is printed statement by statement for an imported topic', () => {
    const stack = newStack({ env: TOKYO });
    const topic = Topic.fromTopicArn(stack, 'Imported', 'arn:aws:sns:ap-northeast-1:123456789012:operators');
    newArchiver(stack, { notificationTopic: topic });
    expect(getWarnings(stack).map(([id, text]) => [id, text.split('\n')[0]])).toEqual([
      [
        '/Stack/Archiver/NotificationTopic',
        'notificationTopic is imported, so its policy cannot be updated automatically; operators are not notified of stopped ' +
          'or timed-out runs until the topic policy contains this statement:',
      ],
      [
        '/Stack/Archiver/NotificationTopic',
        'notificationTopic is imported, so its policy cannot be updated automatically; alarms do not notify operators until ' +
          'the topic policy contains this statement:',
      ],
    ]);
    expect(getWarnings(stack)[1][1]).toContain(
      '"aws:SourceArn": "arn:${AWS::Partition}:cloudwatch:ap-northeast-1:123456789012:alarm:*"',
    );
  });

  it.each([
    ['another stack', TOKYO],
    ['another stack and account', { ...TOKYO, account: '999999999999' }],
  ])('of %s does not depend on the archiver: it admits any rule of the account', (_, env) => {
    const app = newApp();
    const shared = new Stack(app, 'Shared', { env });
    const topic = new Topic(shared, 'Topic', { topicName: 'operators' });
    newArchiver(new Stack(app, 'Stack', { env: TOKYO }), { notificationTopic: topic });
    const [[, { PolicyDocument }]] = findByType(getResources(shared), 'AWS::SNS::TopicPolicy');
    expect(PolicyDocument.Statement).toMatchObject([
      env === TOKYO
        ? publish('events.amazonaws.com', {
            ArnLike: { 'aws:SourceArn': ofPartition(':events:ap-northeast-1:123456789012:rule/*') },
          })
        : { Principal: { AWS: ofPartition(':iam::123456789012:root') }, Action: 'sns:Publish' },
      { Principal: { Service: 'cloudwatch.amazonaws.com' } },
    ]);
  });

  it('of another account admits this account, whose roles do not exist yet', () => {
    const stack = newStack({ env: TOKYO });
    const topicArn = 'arn:aws:sns:ap-northeast-1:999999999999:operators';
    newArchiver(stack, { notificationTopic: Topic.fromTopicArn(stack, 'Imported', topicArn) });
    const [[, text], [, alarms], ...others] = getWarnings(stack);
    expect(text).toContain('"AWS": "arn:${AWS::Partition}:iam::123456789012:root"');
    expect(alarms).toContain('"cloudwatch.amazonaws.com"');
    expect(others).toEqual([]);
    const [[, { Targets }]] = findByType(getResources(stack), 'AWS::Events::Rule');
    expect(Targets).toMatchObject([{ Arn: topicArn, RoleArn: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } }]);
    const publishing = findByType(getResources(stack), 'AWS::IAM::Policy').filter(([, policy]) =>
      JSON.stringify(policy).includes('"sns:Publish"'),
    );
    expect(publishing.map(([id]) => id).sort()).toEqual([
      expect.stringMatching(/^ArchiverNotificationTopicEventsRoleDefaultPolicy/),
      expect.stringMatching(/^ArchiverWorkflowStateMachineRoleDefaultPolicy/),
    ]);
  });

  it('of another account is printed with the statement for its key', () => {
    const stack = newStack({ env: TOKYO });
    const keyArn = 'arn:aws:kms:ap-northeast-1:999999999999:key/12345678-1234-1234-1234-123456789012';
    const topicArn = 'arn:aws:sns:ap-northeast-1:999999999999:operators';
    newArchiver(stack, { notificationTopic: Topic.fromTopicAttributes(stack, 'Imported', { topicArn, keyArn }) });
    const [, ofTheKey] = getWarnings(stack).map(([, text]) => text);
    expect(ofTheKey).toContain('"AWS": "arn:${AWS::Partition}:iam::123456789012:root"');
    expect(ofTheKey).toContain('"kms:ViaService": "sns.ap-northeast-1.${AWS::URLSuffix}"');
  });

  it('is printed without CloudFormation functions', () => {
    const stack = newStack({ env: TOKYO });
    const topicArn = 'arn:aws:sns:ap-northeast-1:123456789012:operators';
    newArchiver(stack, { notificationTopic: Topic.fromTopicArn(stack, 'Imported', topicArn) });
    expect(getWarnings(stack).filter(([, text]) => text.includes('Fn::'))).toEqual([]);
  });
});

describe('notificationTopic', () => {
  it.each([
    [
      'arn:aws:sns:ap-northeast-1:123456789012:operators.fifo',
      'notificationTopic must be a standard topic: CloudWatch alarms and EventBridge rules cannot publish to FIFO topics; got ' +
        'Stack/Imported',
    ],
    [
      'arn:aws:sns:eu-west-1:123456789012:operators',
      'notificationTopic must be in the Region of the archiver, ap-northeast-1, got eu-west-1',
    ],
  ])('rejects %s', (topicArn, message) => {
    const stack = newStack({ env: TOKYO });
    const notificationTopic = Topic.fromTopicArn(stack, 'Imported', topicArn);
    expect(() => newArchiver(stack, { notificationTopic })).toThrow(new Error(message));
  });

  it('rejects a FIFO topic of the app', () => {
    const stack = newStack({ env: TOKYO });
    const notificationTopic = new Topic(stack, 'Topic', { fifo: true });
    expect(() => newArchiver(stack, { notificationTopic })).toThrow('must be a standard topic');
  });
});

describe('the key of the topic', () => {
  it('can be used by the state machine, EventBridge and CloudWatch', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic', { masterKey: new Key(stack, 'Key') }) });
    const [[, { KeyPolicy }]] = findByType(getResources(stack), 'AWS::KMS::Key');
    const use = (Service: string) => ({
      ...{ Effect: 'Allow', Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Principal: { Service }, Resource: '*' },
      Condition: { StringEqualsIfExists: { 'aws:SourceAccount': TOKYO.account } },
    });
    expect(KeyPolicy.Statement).toEqual(
      expect.arrayContaining([use('events.amazonaws.com'), use('cloudwatch.amazonaws.com')]),
    );
    const [[, { PolicyDocument }]] = findByType(getResources(stack), 'AWS::IAM::Policy').filter(([id]) =>
      /^ArchiverWorkflowStateMachineRoleDefaultPolicy/.test(id),
    );
    expect(PolicyDocument.Statement).toContainEqual({
      ...{ Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'] },
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
      Condition: {
        StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sns.ap-northeast-1.', { Ref: 'AWS::URLSuffix' }]] } },
      },
    });
  });

  it('is not the key of the archiver', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic'), encryptionKey: new Key(stack, 'Key') });
    expect(JSON.stringify(getResources(stack))).not.toContain('sns.ap-northeast-1.');
  });
});
