import { LocalAws } from '../../src';

const ARN = 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Shop-Machine';
const RUNS = 'arn:aws:states:ap-northeast-1:123456789012:execution:Shop-Machine:*';
const MAP = {
  Type: 'Map',
  ItemsPath: '$.items',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED' },
    StartAt: 'Pass',
    States: { Pass: { Type: 'Pass', End: true } },
  },
  End: true,
};

/** Runs an execution with one item, and counts the entries of its log. */
async function run(Level: string) {
  const aws = new LocalAws({ now: 0 });
  const createFilter = (MetricName: string, FilterPattern: string) => ({
    Type: 'AWS::Logs::MetricFilter',
    Properties: {
      LogGroupName: { Ref: 'Log' },
      FilterPattern,
      MetricTransformations: [{ MetricNamespace: 'Shop', MetricName, MetricValue: '1' }],
    },
  });
  const Resources = {
    Log: { Type: 'AWS::Logs::LogGroup' },
    All: createFilter('All', '{ $.type = "ExecutionSucceeded" }'),
    Runs: createFilter('Runs', `{ $.type = "ExecutionSucceeded" && $.execution_arn = "${RUNS}" }`),
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        DefinitionString: JSON.stringify({ StartAt: 'Map', States: { Map: MAP } }),
        LoggingConfiguration: {
          Level,
          Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': ['Log', 'Arn'] } } }],
        },
      },
    },
  };
  const { stateMachine } = aws.deploy({ stackName: 'Shop', template: { Resources }, assetDirectory: 'none' });
  await aws.waitFor(stateMachine.startExecution({ items: [1] }));
  const count = (metricName: string) => aws.metrics.list({ namespace: 'Shop', metricName }).length;
  const succeeded = (StateMachineArn: string) =>
    aws.metrics.list({
      namespace: 'AWS/States',
      metricName: 'ExecutionsSucceeded',
      dimensions: { StateMachineArn },
    }).length;
  return { all: count('All'), runs: count('Runs'), machine: succeeded(ARN), map: succeeded(`${ARN}/Map`) };
}

it('puts the metrics of an execution, and of the executions of items apart', async () => {
  expect(await run('ALL')).toMatchObject({ machine: 1, map: 1 });
});

it('writes the log of an execution, and of the executions of items', async () => {
  expect(await run('ALL')).toMatchObject({ all: 2, runs: 1 });
});

it('writes no log that the level excludes', async () => {
  expect(await run('ERROR')).toMatchObject({ all: 0, runs: 0 });
});
