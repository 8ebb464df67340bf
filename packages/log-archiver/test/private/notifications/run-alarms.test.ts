import { Duration, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Granularity } from '../../../src';
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
  const filters = findByType(resources, 'AWS::Logs::MetricFilter').map(([, filter]) => filter);
  const machineName = { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverWorkflowStateMachine/), 'Name'] };
  const named = (name: string) => ({ 'Fn::Join': ['', [`${name}-`, machineName]] });
  const ofPlanner = { Namespace: 'LogArchiver', Dimensions: [{ Name: 'StateMachine', Value: machineName }] };

  it('are five, which notify when they start, and keep their state without data', () => {
    expect(Object.keys(alarms)).toEqual([
      'ArchiverWatchUntold',
      'ArchiverWatchNotStarted',
      'ArchiverWatchNoSuccess',
      'ArchiverWatchOldestIncomplete',
      'ArchiverWatchLogGroupsAtRisk',
    ]);
    for (const { AlarmActions, OKActions, InsufficientDataActions, TreatMissingData } of Object.values(alarms)) {
      expect([AlarmActions, OKActions, InsufficientDataActions, TreatMissingData]).toEqual([
        [{ Ref: expect.stringMatching(/^Topic/) }],
        undefined,
        undefined,
        'ignore',
      ]);
    }
  });

  it('describe the problem, the command to run, and the article of the runbook', () => {
    const machine = { Ref: expect.stringMatching(/^ArchiverWorkflowStateMachine/) };
    const describeWith = (text: string, article: string) => [
      'LogArchiver ',
      machineName,
      `: ${text} To archive what is missing: aws stepfunctions start-execution --region ap-northeast-1 --state-machine-arn `,
      machine,
      ` Runbook: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#${article}`,
    ];
    const descriptions = Object.values(alarms).map(({ AlarmDescription }) => AlarmDescription['Fn::Join'][1]);
    expect(descriptions).toEqual([
      describeWith(
        'a run failed with an error that it could not report. See the last event of the execution.',
        'unreported-failure',
      ),
      describeWith(
        'the schedule could not start a run. The messages in its dead-letter queue say why; purge the queue to end the alarm.',
        'run-not-started',
      ),
      describeWith('no successful run in 2 days. See the last run.', 'no-successful-run'),
      describeWith(
        'a period that ended more than 1512 hours ago is still incomplete. See its status file and the last report.',
        'oldest-incomplete',
      ),
      describeWith(
        'retention will remove events of at least one log group within 3 days, and they are not archived. Raise the ' +
          'retention of the log groups in the last report.',
        'log-groups-at-risk',
      ),
    ]);
  });

  it('include one for two days on each of which a run was due and none succeeded', () => {
    expect(alarms.ArchiverWatchNoSuccess).toMatchObject({
      ...{ Namespace: 'LogArchiver', MetricName: named('SuccessfulRuns'), Statistic: 'Sum', Period: 86_400 },
      ...{ EvaluationPeriods: 2, Threshold: 1, ComparisonOperator: 'LessThanThreshold' },
    });
    expect(alarms.ArchiverWatchNoSuccess).not.toHaveProperty('DatapointsToAlarm');
  });

  it('count a run that was due as no success, 15 minutes after it was due', () => {
    const [run, due] = findByType(resources, 'AWS::Scheduler::Schedule').map(([, properties]) => properties);
    expect([run.ScheduleExpression, due.ScheduleExpression]).toEqual(['cron(0 3 * * ? *)', 'cron(15 3 * * ? *)']);
    expect(due).toMatchObject({
      Description: 'Reports that a run of LogArchiver was due',
      ScheduleExpressionTimezone: 'Etc/UTC',
      State: 'ENABLED',
    });
    expect(due.Target).toMatchObject({
      Arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:::aws-sdk:cloudwatch:putMetricData']] },
      DeadLetterConfig: run.Target.DeadLetterConfig,
      RoleArn: run.Target.RoleArn,
    });
    expect(due.Target.Input['Fn::Join'][1]).toEqual([
      '{"Namespace":"LogArchiver","MetricData":[{"MetricName":"SuccessfulRuns-',
      machineName,
      '","Value":0}]}',
    ]);
  });

  it('count a run at another scheduleHour 15 minutes after that hour', () => {
    const schedules = findByType(createNotified({ scheduleHour: 23 }).resources, 'AWS::Scheduler::Schedule');
    expect(schedules.map(([, { ScheduleExpression }]) => ScheduleExpression)).toEqual([
      'cron(0 23 * * ? *)',
      'cron(15 23 * * ? *)',
    ]);
  });

  it('do not include the one for no successful run if the schedule is disabled', () => {
    const disabled = createNotified({ enabled: false }).resources;
    expect(findByType(disabled, 'AWS::CloudWatch::Alarm').map(([id]) => id)).not.toContain('ArchiverWatchNoSuccess');
    expect(findByType(disabled, 'AWS::Scheduler::Schedule')).toHaveLength(1);
  });

  it('include one for any message in the dead-letter queue', () => {
    expect(alarms.ArchiverWatchNotStarted).toMatchObject({
      ...{ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Statistic: 'Maximum', Period: 300 },
      ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
    });
  });

  it('include one for a run that logs an error that no state can catch, until a run succeeds', () => {
    expect(alarms.ArchiverWatchUntold).toMatchObject({
      ...{ Namespace: 'LogArchiver', MetricName: named('UntoldRuns'), Statistic: 'Sum', Period: 300 },
      ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
    });
  });

  it('count entries of the log of runs, but not of items', () => {
    const counted = filters.map(
      ({ FilterPattern, MetricTransformations: [{ MetricName, MetricNamespace, MetricValue }] }) => {
        const [, parts] = FilterPattern['Fn::Join'];
        return [parts[0], parts.at(-1), MetricNamespace, MetricName, MetricValue];
      },
    );
    const end = ':*") }';
    const succeeded = '{ ($.type = "ExecutionSucceeded") && ($.execution_arn = "arn:';
    expect(counted).toEqual([
      [
        '{ ($.type = "ExecutionFailed") && ($.details.error = "States.*") && ($.execution_arn = "arn:',
        ...[end, 'LogArchiver', named('UntoldRuns'), '1'],
      ],
      [succeeded, end, 'LogArchiver', named('UntoldRuns'), '0'],
      [succeeded, end, 'LogArchiver', named('SuccessfulRuns'), '1'],
    ]);
  });

  it.each([
    [Granularity.MONTHLY, Duration.hours(24), 2 * 31 * 24 + 24],
    [Granularity.DAILY, Duration.hours(24), 2 * 24 + 24],
    [Granularity.DAILY, Duration.hours(12), 2 * 24 + 12],
  ])('include one for a period that is incomplete for two periods: %s, %p', (granularity, settleTime, Threshold) => {
    const found = findByType(createNotified({ granularity, settleTime }).resources, 'AWS::CloudWatch::Alarm');
    expect(Object.fromEntries(found).ArchiverWatchOldestIncomplete).toMatchObject({
      ...ofPlanner,
      ...{ MetricName: 'OldestIncompleteHours', Statistic: 'Maximum', Period: 300, EvaluationPeriods: 1 },
      ...{ Threshold, ComparisonOperator: 'GreaterThanThreshold' },
    });
  });

  it('include one for log groups of which retention will soon remove unarchived events', () => {
    expect(alarms.ArchiverWatchLogGroupsAtRisk).toMatchObject({
      ...ofPlanner,
      ...{ MetricName: 'LogGroupsAtRisk', Statistic: 'Maximum', Period: 300, EvaluationPeriods: 1 },
      ...{ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
    });
  });
});

describe('the rules', () => {
  const { resources } = createNotified();
  const rules = findByType(resources, 'AWS::Events::Rule');
  const RoleArn = { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverNotificationTopicEventsRole/), 'Arn'] };

  it('notify of runs that timed out or were aborted, but not of failed runs, which report themselves', () => {
    expect(rules.map(([id]) => id)).toEqual(['ArchiverWatchStopped', 'ArchiverWatchRecovered']);
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
        RoleArn,
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

  it('notify when an alarm ends, but not when a new alarm gets its first data', () => {
    const [, [, { EventPattern, Targets }]] = rules;
    const alarms = ['Untold', 'NotStarted', 'NoSuccess', 'OldestIncomplete', 'LogGroupsAtRisk'];
    expect(EventPattern).toEqual({
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      resources: alarms.map((id) => ({ 'Fn::GetAtt': [expect.stringMatching(`^ArchiverWatch${id}`), 'Arn'] })),
      detail: { state: { value: ['OK'] }, previousState: { value: ['ALARM'] } },
    });
    expect(Targets).toEqual([
      {
        Arn: { Ref: expect.stringMatching(/^Topic/) },
        Id: 'Target0',
        RoleArn,
        InputTransformer: {
          InputPathsMap: {
            account: '$.account',
            'detail-alarmName': '$.detail.alarmName',
            'detail-configuration-description': '$.detail.configuration.description',
            'detail-state-reason': '$.detail.state.reason',
            'detail-state-timestamp': '$.detail.state.timestamp',
            region: '$.region',
            'resources-0-': '$.resources[0]',
          },
          InputTemplate:
            '{"AlarmName":<detail-alarmName>,"AlarmDescription":<detail-configuration-description>,' +
            '"AWSAccountId":<account>,"NewStateValue":"OK","NewStateReason":<detail-state-reason>,' +
            '"StateChangeTime":<detail-state-timestamp>,"Region":<region>,"AlarmArn":<resources-0->,' +
            '"OldStateValue":"ALARM"}',
        },
      },
    ]);
  });

  it('publish with a role that only EventBridge can assume, for rules of the account', () => {
    const [[, { AssumeRolePolicyDocument }]] = findByType(resources, 'AWS::IAM::Role').filter(([id]) =>
      id.endsWith('EventsRole'),
    );
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      {
        ...{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'events.amazonaws.com' } },
        Condition: { ArnLike: { 'aws:SourceArn': ofPartition(':events:ap-northeast-1:123456789012:rule/*') } },
      },
    ]);
  });
});

describe('the policy of the topic', () => {
  const publish = (Service: string, Condition: object) => ({
    ...{ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service } },
    ...{ Resource: { Ref: expect.stringMatching(/^Topic/) }, Condition },
  });

  it('admits every alarm of the account, like the default policy', () => {
    const [[, { PolicyDocument }]] = findByType(createNotified().resources, 'AWS::SNS::TopicPolicy');
    expect(PolicyDocument.Statement).toMatchObject([
      publish('cloudwatch.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': TOKYO.account },
        ArnLike: { 'aws:SourceArn': ofPartition(':cloudwatch:ap-northeast-1:123456789012:alarm:*') },
      }),
    ]);
  });

  it('is printed for an imported topic', () => {
    const stack = newStack({ env: TOKYO });
    const topic = Topic.fromTopicArn(stack, 'Imported', 'arn:aws:sns:ap-northeast-1:123456789012:operators');
    newArchiver(stack, { notificationTopic: topic });
    expect(getWarnings(stack).map(([id, text]) => [id, text.split('\n')[0]])).toEqual([
      [
        '/Stack/Archiver/NotificationTopic',
        'notificationTopic is imported, so its policy cannot be updated automatically; alarms do not notify operators until ' +
          'the topic policy contains this statement. Add to the policy of arn:aws:sns:ap-northeast-1:123456789012:operators ' +
          'in account 123456789012:',
      ],
    ]);
    expect(getWarnings(stack)[0][1]).toContain(
      '"aws:SourceArn": "arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:*"',
    );
  });

  it('of another stack and account admits this account, and does not depend on the archiver', () => {
    const app = newApp();
    const shared = new Stack(app, 'Shared', { env: { ...TOKYO, account: '999999999999' } });
    const topic = new Topic(shared, 'Topic', { topicName: 'operators' });
    newArchiver(new Stack(app, 'Stack', { env: TOKYO }), { notificationTopic: topic });
    const [[, { PolicyDocument }]] = findByType(getResources(shared), 'AWS::SNS::TopicPolicy');
    expect(PolicyDocument.Statement).toMatchObject([
      { Principal: { AWS: ofPartition(':iam::123456789012:root') }, Action: 'sns:Publish' },
      { Principal: { Service: 'cloudwatch.amazonaws.com' } },
    ]);
  });

  it('of another account admits this account, whose roles do not exist yet', () => {
    const stack = newStack({ env: TOKYO });
    const topicArn = 'arn:aws:sns:ap-northeast-1:999999999999:operators';
    newArchiver(stack, { notificationTopic: Topic.fromTopicArn(stack, 'Imported', topicArn) });
    const [[, text], [, alarms], ...others] = getWarnings(stack);
    expect(text).toContain('"AWS": "arn:aws:iam::123456789012:root"');
    expect(alarms).toContain('"cloudwatch.amazonaws.com"');
    expect(others).toEqual([]);
    const [[, { Targets }]] = findByType(getResources(stack), 'AWS::Events::Rule');
    expect(Targets).toMatchObject([{ Arn: topicArn }]);
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
    expect(ofTheKey).toContain('"AWS": "arn:aws:iam::123456789012:root"');
    expect(ofTheKey).toContain('"kms:ViaService": "sns.ap-northeast-1.amazonaws.com"');
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
  it.each(['WorkflowStateMachineRole', 'NotificationTopicEventsRole'])(
    'can be used by CloudWatch and by %s',
    (role) => {
      const stack = newStack({ env: TOKYO });
      newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic', { masterKey: new Key(stack, 'Key') }) });
      const [[, { KeyPolicy }]] = findByType(getResources(stack), 'AWS::KMS::Key');
      const use = (Service: string) => ({
        ...{ Effect: 'Allow', Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Principal: { Service }, Resource: '*' },
        Condition: { StringEqualsIfExists: { 'aws:SourceAccount': TOKYO.account } },
      });
      expect(KeyPolicy.Statement.slice(1)).toEqual([use('cloudwatch.amazonaws.com')]);
      const [[, { PolicyDocument }]] = findByType(getResources(stack), 'AWS::IAM::Policy').filter(([id]) =>
        id.startsWith(`Archiver${role}DefaultPolicy`),
      );
      expect(PolicyDocument.Statement).toContainEqual({
        ...{ Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'] },
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        Condition: {
          StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sns.ap-northeast-1.', { Ref: 'AWS::URLSuffix' }]] } },
        },
      });
    },
  );

  it('is not the key of the archiver', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic'), encryptionKey: new Key(stack, 'Key') });
    expect(JSON.stringify(getResources(stack))).not.toContain('sns.ap-northeast-1.');
  });
});
