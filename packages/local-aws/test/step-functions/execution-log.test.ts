import { type LogLevel, writeExecutionLog } from '../../src/step-functions/execution-log';
import { machine, NOW, STATE_MACHINE_ARN } from './machine';

const FAILS = { Wait: { Type: 'Wait', Seconds: 1, Next: 'Fail' }, Fail: { Type: 'Fail', Error: 'No', Cause: 'Never' } };
const SUCCEEDS = { Pass: { Type: 'Pass', End: true } };

async function run(states: Parameters<typeof machine>[0], level: LogLevel) {
  const { stateMachine, end } = machine(states);
  const execution = stateMachine.startExecution({ a: 1 }, undefined, 'run');
  const lines: string[] = [];
  writeExecutionLog(execution, level, (line) => lines.push(line));
  await end(execution);
  return { execution, entries: lines.map((line) => JSON.parse(line)) };
}

it('has the first and the last event, in the format of Step Functions', async () => {
  const { execution, entries } = await run(FAILS, 'ALL');
  const execution_arn = `${STATE_MACHINE_ARN.replace(':stateMachine:', ':execution:')}:run`;

  expect(entries).toEqual([
    {
      ...{ id: '1', previous_event_id: '0', redrive_count: '0', execution_arn },
      ...{ type: 'ExecutionStarted', event_timestamp: String(Date.parse(NOW)), details: { input: '{"a":1}' } },
    },
    {
      ...{ id: String(execution.history), previous_event_id: String(execution.history - 1), redrive_count: '0' },
      ...{ execution_arn, type: 'ExecutionFailed', event_timestamp: String(Date.parse(NOW) + 1_000) },
      details: { error: 'No', cause: 'Never' },
    },
  ]);
});

it.each([
  ['ALL', SUCCEEDS, ['ExecutionStarted', 'ExecutionSucceeded']],
  ['ERROR', SUCCEEDS, []],
  ['ERROR', FAILS, ['ExecutionFailed']],
  ['FATAL', FAILS, ['ExecutionFailed']],
  ['OFF', FAILS, []],
] as const)('has the events of the level: %s, %j', async (level, states, expected) => {
  const { entries } = await run(states, level);

  expect(entries.map(({ type }) => type)).toEqual(expected);
});
