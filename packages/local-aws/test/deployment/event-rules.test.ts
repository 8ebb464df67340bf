import { LocalAws, requiresEvaluator } from '../../src';

const RULE = {
  EventPattern: {
    source: ['aws.states'],
    detail: { stateMachineArn: [{ Ref: 'Machine' }], status: ['ABORTED'] },
  },
  Targets: [
    {
      Arn: { Ref: 'Topic' },
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      InputTransformer: { InputPathsMap: { status: '$.detail.status' }, InputTemplate: '"ended with <status>"' },
    },
  ],
};
const ALLOWED = [{ Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: 'Topic' } }];
const DEFINITION = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } };
const TOPIC_ARN = 'arn:aws:sns:ap-northeast-1:123456789012:Shop-Topic';

function deployRule(change: object, statements: object[] = ALLOWED, more: object = {}) {
  const aws = new LocalAws({ now: '2026-11-01T18:00:00Z', enforcePolicies: true });
  const trust = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'events.amazonaws.com' } }];
  const Resources = {
    Topic: { Type: 'AWS::SNS::Topic' },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { DefinitionString: JSON.stringify(DEFINITION) },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: trust },
        Policies: [{ PolicyDocument: { Statement: statements } }],
      },
    },
    Rule: { Type: 'AWS::Events::Rule', Properties: { ...RULE, ...change } },
    ...more,
  };
  return { aws, stack: aws.deploy({ stackName: 'Shop', template: { Resources }, assetDirectory: 'none' }) };
}

async function abort({ aws, stack }: ReturnType<typeof deployRule>) {
  const execution = stack.stateMachine.startExecution({});
  execution.stop();
  await aws.waitFor(execution);
}

requiresEvaluator(it)('publishes the input of the target with the role of the target', async () => {
  const deployed = deployRule({});
  await abort(deployed);

  expect(deployed.aws.topics.messages).toEqual([
    { topicArn: TOPIC_ARN, message: '"ended with ABORTED"', publishedAt: Date.parse('2026-11-01T18:00:00Z') },
  ]);
});

requiresEvaluator(it)('keeps a message that the role of the target may not publish', async () => {
  const deployed = deployRule({}, [{ ...ALLOWED[0], Resource: '*', Action: 'sns:Subscribe' }]);
  await abort(deployed);

  expect(deployed.aws.topics.messages).toEqual([]);
  expect(deployed.aws.servicePublisher.refused).toMatchObject([
    {
      sourceArn: 'arn:aws:events:ap-northeast-1:123456789012:rule/Shop-Rule',
      roleArn: 'arn:aws:iam::123456789012:role/Shop-Role',
      reason: expect.stringContaining('because no identity-based policy allows the sns:Publish action'),
    },
  ]);
});

requiresEvaluator(it).each([
  ['that is disabled', { State: 'DISABLED' }],
  ['for another status', { EventPattern: { detail: { status: ['FAILED'] } } }],
  ['with a schedule', { EventPattern: undefined, ScheduleExpression: 'rate(1 day)' }],
  ['with another target', { Targets: [{ Arn: 'arn:aws:sqs:ap-northeast-1:123456789012:queue' }] }],
])('publishes nothing for a rule %s', async (_, change) => {
  const deployed = deployRule(change);
  await abort(deployed);

  expect([deployed.aws.topics.messages, deployed.aws.servicePublisher.refused]).toEqual([[], []]);
});

requiresEvaluator(it)('publishes that an alarm has ended', async () => {
  const Alarm = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ...{ Namespace: 'Shop', MetricName: 'Errors', Statistic: 'Sum', Period: 60, Threshold: 1, EvaluationPeriods: 1 },
      ...{ ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'ignore' },
    },
  };
  const EventPattern = {
    resources: [{ 'Fn::GetAtt': ['Alarm', 'Arn'] }],
    detail: { state: { value: ['OK'] }, previousState: { value: ['ALARM'] } },
  };
  const InputTransformer = { InputPathsMap: { name: '$.detail.alarmName' }, InputTemplate: '"<name> ended"' };
  const Targets = [{ ...RULE.Targets[0], InputTransformer }];
  const { aws } = deployRule({ EventPattern, Targets }, ALLOWED, { Alarm });
  for (const value of [0, 1, 0]) {
    aws.metrics.put({ namespace: 'Shop', metricName: 'Errors', timestamp: aws.clock.now(), value });
    await aws.clock.moveTo(aws.clock.now() + 60_000);
  }
  aws.alarms.evaluate();

  expect(aws.topics.messages).toEqual([
    { topicArn: TOPIC_ARN, message: '"Shop-Alarm ended"', publishedAt: Date.parse('2026-11-01T18:03:00Z') },
  ]);
});

requiresEvaluator(it)('rejects an InputPath', () => {
  expect(() => deployRule({ Targets: [{ ...RULE.Targets[0], InputPath: '$.detail' }] })).toThrow(
    'Targets of Rule must not have InputPath: it is not supported',
  );
});
