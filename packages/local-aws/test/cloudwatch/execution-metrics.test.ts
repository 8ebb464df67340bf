import { putExecutionMetrics } from '../../src/cloudwatch/execution-metrics';
import { Metrics } from '../../src/cloudwatch/metrics';
import { machine, NOW, STATE_MACHINE_ARN } from '../step-functions/machine';

const STARTED_AT = Date.parse(NOW);
const WAIT = { Type: 'Wait', Seconds: 60 };

const SUCCEEDS = { Wait: { ...WAIT, End: true } };
const FAILS = { Wait: { ...WAIT, Next: 'Fail' }, Fail: { Type: 'Fail', Error: 'No' } };

/** Runs an execution, and returns its metrics at its start and at its end. */
async function run(states: Parameters<typeof machine>[0], stops = false) {
  const { clock, stateMachine, end } = machine(states);
  const metrics = new Metrics(clock.now);
  const list = () =>
    ['Started', 'Succeeded', 'Failed', 'Aborted'].map((name) =>
      metrics.list({
        namespace: 'AWS/States',
        metricName: `Executions${name}`,
        dimensions: { StateMachineArn: STATE_MACHINE_ARN },
      }),
    );
  const execution = stateMachine.startExecution({});
  putExecutionMetrics(metrics, execution);
  const atStart = list();
  if (stops) {
    execution.stop();
  }
  await end(execution);
  return { metrics, atStart, atEnd: list() };
}

it('counts an execution when it starts', async () => {
  const { atStart } = await run(SUCCEEDS);

  expect(atStart).toEqual([[{ timestamp: STARTED_AT, value: 1 }], [], [], []]);
});

it.each([
  ['succeeds', SUCCEEDS, false, [1, 0, 0]],
  ['fails', FAILS, false, [0, 1, 0]],
  ['is aborted', SUCCEEDS, true, [0, 0, 1]],
] as const)('counts an execution by its result when it %s', async (_, states, stops, counts) => {
  const { atEnd } = await run(states, stops);

  expect(atEnd.slice(1).map(({ length }) => length)).toEqual(counts);
});

it('puts the time of an execution when it ends', async () => {
  const { metrics, atEnd } = await run(SUCCEEDS);
  const dimensions = { StateMachineArn: STATE_MACHINE_ARN };

  expect(atEnd[1]).toEqual([{ timestamp: STARTED_AT + 60_000, value: 1 }]);
  expect(metrics.list({ namespace: 'AWS/States', metricName: 'ExecutionTime', dimensions })).toEqual([
    { timestamp: STARTED_AT + 60_000, value: 60_000 },
  ]);
});
