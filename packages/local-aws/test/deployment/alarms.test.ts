import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalAws, type LocalAwsOptions } from '../../src';
import { temporaryFolder } from '../temporary-folder';

const TOPIC_ARN = 'arn:aws:sns:ap-northeast-1:123456789012:Shop-Topic';
const ALARM = {
  AlarmDescription: { 'Fn::Join': ['', ['Errors of ', { Ref: 'AWS::StackName' }]] },
  Namespace: 'Shop',
  MetricName: 'Errors',
  Dimensions: [{ Name: 'Stack', Value: { Ref: 'AWS::StackName' } }],
  Statistic: 'Sum',
  Period: 60,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  EvaluationPeriods: 1,
  AlarmActions: [{ Ref: 'Topic' }],
};
const ERRORS = { namespace: 'Shop', metricName: 'Errors', dimensions: { Stack: 'Shop' } };

function deployAlarm(
  change: object,
  options: Partial<LocalAwsOptions> = {},
  more: object = {},
  assetDirectory = 'none',
) {
  const aws = new LocalAws({ now: '2026-11-01T18:00:00Z', ...options });
  const Resources = {
    Topic: { Type: 'AWS::SNS::Topic' },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...ALARM, ...change } },
    ...more,
  };
  return { aws, stack: aws.deploy({ stackName: 'Shop', template: { Resources }, assetDirectory }) };
}

async function putErrors(aws: LocalAws, ...values: number[]) {
  for (const value of values) {
    aws.metrics.put({ ...ERRORS, timestamp: aws.clock.now(), value });
    await aws.clock.moveTo(aws.clock.now() + 60_000);
  }
}

describe('a deployed alarm', () => {
  it('publishes to the topics of its new state', async () => {
    const { aws } = deployAlarm({});
    await putErrors(aws, 1);

    expect(aws.alarms.evaluate()).toEqual({ 'Shop-Alarm': 'ALARM' });
    expect(aws.topics.messages).toMatchObject([
      {
        topicArn: TOPIC_ARN,
        subject: 'ALARM: "Shop-Alarm" in ap-northeast-1',
        publishedAt: Date.parse('2026-11-01T18:01:00Z'),
      },
    ]);
    expect(JSON.parse(String(aws.topics.messages[0]?.message))).toMatchObject({
      AlarmDescription: 'Errors of Shop',
      AlarmArn: 'arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:Shop-Alarm',
    });
  });

  it('has the name of the template', async () => {
    const { aws } = deployAlarm({ AlarmName: 'Mine' });

    expect(aws.alarms.evaluate()).toEqual({ Mine: 'INSUFFICIENT_DATA' });
  });

  it('does not publish when it stays without data', async () => {
    const { aws } = deployAlarm({ InsufficientDataActions: [{ Ref: 'Topic' }] });
    await aws.clock.moveTo('2026-11-01T19:00:00Z');

    expect(aws.alarms.evaluate()).toEqual({ 'Shop-Alarm': 'INSUFFICIENT_DATA' });
    expect(aws.topics.messages).toEqual([]);
  });

  it('publishes the change to each state that has an action', async () => {
    const actions = { OKActions: [{ Ref: 'Topic' }], InsufficientDataActions: [{ Ref: 'Topic' }] };
    const { aws } = deployAlarm(actions);
    await putErrors(aws, 0, 1);
    await aws.clock.moveTo('2026-11-01T19:00:00Z');
    aws.alarms.evaluate();

    expect(aws.topics.messages.map(({ subject }) => subject?.split(':')[0])).toEqual([
      'OK',
      'ALARM',
      'INSUFFICIENT_DATA',
    ]);
  });

  it('does not publish if its actions are disabled', async () => {
    const { aws } = deployAlarm({ ActionsEnabled: false });
    await putErrors(aws, 1);

    expect(aws.alarms.evaluate()).toEqual({ 'Shop-Alarm': 'ALARM' });
    expect(aws.topics.messages).toEqual([]);
  });

  it('needs as many breaching datapoints as it has periods, unless the template has less', async () => {
    const states = [];
    for (const change of [{}, { DatapointsToAlarm: 1 }]) {
      const { aws } = deployAlarm({ EvaluationPeriods: 2, ...change });
      await putErrors(aws, 1, 0);
      states.push(aws.alarms.evaluate());
    }

    expect(states).toEqual([{ 'Shop-Alarm': 'OK' }, { 'Shop-Alarm': 'ALARM' }]);
  });

  it('publishes by the policy of the topic if policies are enforced', async () => {
    const PolicyDocument = {
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: '*' },
      ],
    };
    const policy = { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument } };
    const { aws } = deployAlarm({}, { enforcePolicies: true }, { Policy: policy });
    await putErrors(aws, 1);
    aws.alarms.evaluate();

    expect(aws.topics.messages).toEqual([]);
    expect(aws.servicePublisher.refused).toMatchObject([{ topicArn: TOPIC_ARN }]);
  });

  it('reads the embedded metrics that functions write to their logs', async () => {
    const assetDirectory = temporaryFolder();
    const taskRoot = join(assetDirectory, 'asset.code');
    mkdirSync(taskRoot);
    writeFileSync(
      join(taskRoot, 'index.js'),
      `exports.createHandler = ({ now, log }) => async () => log(JSON.stringify({
        _aws: { Timestamp: now(), CloudWatchMetrics: [{ Namespace: 'Shop', Dimensions: [['Stack']], Metrics: [{ Name: 'Errors' }] }] },
        Stack: 'Shop', Errors: 3,
      }));`,
    );
    const Call = { Type: 'Task', Resource: { 'Fn::GetAtt': ['Call', 'Arn'] }, End: true };
    const definition = JSON.stringify({ StartAt: 'Call', States: { Call } }).split('{"Fn::GetAtt":["Call","Arn"]}');
    const DefinitionString = {
      'Fn::Join': ['', [definition[0], '"', { 'Fn::GetAtt': ['Call', 'Arn'] }, '"', definition[1]]],
    };
    const { aws, stack } = deployAlarm(
      {},
      {},
      {
        Call: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: 'code.zip' }, Handler: 'index.handler' } },
        Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString } },
      },
      assetDirectory,
    );
    await aws.waitFor(stack.stateMachine.startExecution({}));
    await aws.clock.moveTo('2026-11-01T18:01:00Z');

    expect(aws.metrics.list(ERRORS)).toEqual([{ timestamp: Date.parse('2026-11-01T18:00:00Z'), value: 3 }]);
    expect(aws.alarms.evaluate()).toEqual({ 'Shop-Alarm': 'ALARM' });
  });
});

it.each([
  [
    'metric math',
    { MetricName: undefined },
    'Alarm must have Namespace, MetricName, Period and Threshold: metric math, Metrics Insights and anomaly detection are not supported; got {',
  ],
  [
    'a percentile',
    { Statistic: undefined },
    'Statistic of Alarm must be SampleCount, Sum, Average, Minimum or Maximum, got undefined',
  ],
  [
    'a band',
    { ComparisonOperator: 'LessThanLowerThreshold' },
    'ComparisonOperator of Alarm must compare with a fixed threshold, got LessThanLowerThreshold',
  ],
])('rejects an alarm with %s', (_, change, message) => {
  expect(() => deployAlarm(change)).toThrow(message);
});
