import { RUNBOOK_ARTICLES } from '@log-archiver/core';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { getResources, newStack, type Resource, TOKYO } from '../../archiver-stack';
import { newVerifier } from '../../verifier-stack';

const RUNBOOK = 'https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md';

// biome-ignore lint/suspicious/noExplicitAny: each test knows the content
function findByType(resources: Record<string, Resource>, type: string): Record<string, any> {
  return Object.fromEntries(
    Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
      Type === type ? [[id.slice(0, -8), Properties]] : [],
    ),
  );
}

const machine = { Ref: expect.stringMatching(/^VerifierWorkflowStateMachine/) };
const machineName = { 'Fn::GetAtt': [expect.stringMatching(/^VerifierWorkflowStateMachine/), 'Name'] };
const topicArn = { Ref: expect.stringMatching(/^Topic/) };
const startCommand = (before: string) => [
  `${before} To verify the archive now: aws stepfunctions start-execution --region ap-northeast-1 --state-machine-arn `,
  machine,
];

describe.each([
  ['without a topic', false],
  ['with a topic', true],
])('the alarm for all archivers, %s', (_, hasTopic) => {
  const stack = newStack({ env: TOKYO });
  const verifier = newVerifier(stack, hasTopic ? { notificationTopic: new Topic(stack, 'Topic') } : {});

  it('starts with the first fault, keeps its state between runs, and has no actions', () => {
    const { VerifierAlarm } = findByType(getResources(stack), 'AWS::CloudWatch::Alarm');
    expect(VerifierAlarm).toEqual({
      AlarmDescription: {
        'Fn::Join': [
          '',
          [
            'LogArchiver ',
            machineName,
            ': the archive in ',
            { Ref: expect.stringMatching(/^ArchiveBucket/) },
            ' is not verified. See s3://',
            { Ref: expect.stringMatching(/^ArchiveBucket/) },
            `/_verified/table.html. Runbook: ${RUNBOOK}#archivenotverified`,
          ],
        ],
      },
      Namespace: 'LogArchiver',
      MetricName: 'VerificationFaults',
      Dimensions: [{ Name: 'StateMachine', Value: machineName }],
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'ignore',
    });
    expect(stack.resolve(verifier.alarm.alarmArn)).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^VerifierAlarm/), 'Arn'],
    });
  });

  it('is the only one unless there is a topic', () => {
    const resources = getResources(stack);
    expect(Object.keys(findByType(resources, 'AWS::CloudWatch::Alarm'))).toEqual([
      'VerifierAlarm',
      ...(hasTopic ? ['VerifierWatchUntold', 'VerifierWatchNotStarted'] : []),
    ]);
    const others = Object.values(resources).filter(({ Type }) => /Events::Rule|MetricFilter/.test(Type));
    expect(others.map(({ Type }) => Type)).toEqual(
      hasTopic ? ['AWS::Logs::MetricFilter', 'AWS::Logs::MetricFilter', 'AWS::Events::Rule', 'AWS::Events::Rule'] : [],
    );
  });

  it('counts the same metric as metricFaults', () => {
    const metric = verifier.metricFaults();
    expect([metric.namespace, metric.metricName, metric.statistic]).toEqual([
      'LogArchiver',
      'VerificationFaults',
      'Maximum',
    ]);
    expect(stack.resolve(metric.dimensions)).toEqual({ StateMachine: machineName });
    expect(verifier.metricFaults({ statistic: 'Minimum' }).statistic).toBe('Minimum');
  });
});

describe('with a topic', () => {
  const stack = newStack({ env: TOKYO });
  newVerifier(stack, { notificationTopic: new Topic(stack, 'Topic') });
  const resources = getResources(stack);
  const alarms = findByType(resources, 'AWS::CloudWatch::Alarm');
  const rules = findByType(resources, 'AWS::Events::Rule');
  const describeWith = (text: string, article: string) => ({
    'Fn::Join': ['', ['LogArchiver ', machineName, ...startCommand(`: ${text}`), ` Runbook: ${RUNBOOK}#${article}`]],
  });
  const toTopic = {
    Arn: topicArn,
    Id: 'Target0',
    RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^VerifierNotificationTopicEventsRole/), 'Arn'] },
  };

  it.each([
    [
      'VerifierWatchNotStarted',
      'the schedule could not start a run. The messages in its dead-letter queue say why; purge the queue to end the alarm.',
      'run-not-started',
      {
        ...{ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Statistic: 'Maximum' },
        Dimensions: [
          {
            Name: 'QueueName',
            Value: { 'Fn::GetAtt': [expect.stringMatching(/^VerifierScheduleDeadLetterQueue/), 'QueueName'] },
          },
        ],
      },
    ],
    [
      'VerifierWatchUntold',
      'a run failed with an error that it could not report. See the last event of the execution.',
      'unreported-failure',
      {
        ...{ Namespace: 'LogArchiver', Statistic: 'Sum' },
        MetricName: { 'Fn::Join': ['', ['UntoldRuns-', machineName]] },
      },
    ],
  ])('%s notifies when it starts, with the problem, the command and the article', (id, text, article, metric) => {
    expect(alarms[id]).toEqual({
      AlarmActions: [topicArn],
      AlarmDescription: describeWith(text, article),
      ...metric,
      ...{ Period: 300, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
      TreatMissingData: 'ignore',
    });
  });

  it('counts runs of the verifier with an error of Step Functions, until a run succeeds', () => {
    const filters = Object.values(findByType(resources, 'AWS::Logs::MetricFilter'));
    const counted = filters.map(({ FilterPattern, MetricTransformations: [{ MetricName, MetricValue }] }) => {
      const [, parts] = FilterPattern['Fn::Join'];
      return [parts[0], parts.at(-1), MetricName, MetricValue];
    });
    const name = { 'Fn::Join': ['', ['UntoldRuns-', machineName]] };
    expect(counted).toEqual([
      [
        '{ ($.type = "ExecutionFailed") && ($.details.error = "States.*") && ($.execution_arn = "arn:',
        ...[':*") }', name, '1'],
      ],
      ['{ ($.type = "ExecutionSucceeded") && ($.execution_arn = "arn:', ':*") }', name, '0'],
    ]);
  });

  it('notifies of runs that timed out or were aborted, but not of failed runs, which report themselves', () => {
    expect(Object.keys(rules)).toEqual(['VerifierWatchStopped', 'VerifierWatchRecovered']);
    const { Description, EventPattern, Targets } = rules.VerifierWatchStopped;
    expect(Description).toBe('Notifies the operators of LogArchiver of a verification that timed out or was aborted');
    expect(EventPattern).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [machine], status: ['TIMED_OUT', 'ABORTED'] },
    });
    expect(Targets).toEqual([
      {
        ...toTopic,
        InputTransformer: {
          InputPathsMap: { 'detail-executionArn': '$.detail.executionArn', 'detail-status': '$.detail.status' },
          InputTemplate: {
            'Fn::Join': [
              '',
              [
                ...startCommand(
                  '"LogArchiver: the run <detail-executionArn> ended with status <detail-status>. Statements and table are ' +
                    'those of the last run.',
                ),
                ` Runbook: ${RUNBOOK}#verification-failed"`,
              ],
            ],
          },
        },
      },
    ]);
  });

  it('notifies when an alarm ends, also the one for all archivers', () => {
    const { EventPattern, Targets } = rules.VerifierWatchRecovered;
    expect(EventPattern).toEqual({
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      resources: ['VerifierWatchUntold', 'VerifierWatchNotStarted', 'VerifierAlarm'].map((id) => ({
        'Fn::GetAtt': [expect.stringMatching(`^${id}[0-9A-F]{8}$`), 'Arn'],
      })),
      detail: { state: { value: ['OK'] }, previousState: { value: ['ALARM'] } },
    });
    expect(Targets).toEqual([{ ...toTopic, InputTransformer: expect.any(Object) }]);
  });

  it('admits every alarm of the account in the policy of the topic', () => {
    const [policy] = Object.values(findByType(resources, 'AWS::SNS::TopicPolicy'));
    expect(policy.PolicyDocument.Statement).toMatchObject([
      { Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } },
    ]);
  });

  it('links only to articles that the runbook has', () => {
    const links = [...JSON.stringify(resources).matchAll(/docs\/runbook\.md#([a-z-]+)/g)].map(([, article]) => article);
    expect([...new Set(links)].sort()).toEqual([
      'archivenotverified',
      'run-not-started',
      'unreported-failure',
      'verification-failed',
    ]);
    expect(RUNBOOK_ARTICLES).toEqual(expect.arrayContaining(links));
  });
});
