import { createExecutionStatusChange } from '../../src/events/execution-status-change';
import { machine, NOW, STATE_MACHINE_ARN } from '../step-functions/machine';

const WAIT = { Type: 'Wait', Seconds: 1 };
const SUCCEEDS = { Wait: { ...WAIT, End: true } };
const EXECUTION_ARN = `${STATE_MACHINE_ARN.replace(':stateMachine:', ':execution:')}:run`;
const STARTED_AT = Date.parse(NOW);
const EVENT = {
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  account: '123456789012',
  region: 'ap-northeast-1',
  resources: [EXECUTION_ARN],
};
const DETAIL = { executionArn: EXECUTION_ARN, stateMachineArn: STATE_MACHINE_ARN, name: 'run', input: '{"a":1}' };

function start(states: Parameters<typeof machine>[0]) {
  const { stateMachine, end } = machine(states);
  return { execution: stateMachine.startExecution({ a: 1 }, undefined, 'run'), end };
}

it('has the status RUNNING when an execution starts', () => {
  const { execution } = start(SUCCEEDS);

  expect(createExecutionStatusChange(execution)).toEqual({
    ...EVENT,
    time: '2026-11-01T18:00:00Z',
    detail: { ...DETAIL, status: 'RUNNING', startDate: STARTED_AT, stopDate: null, output: null },
  });
});

it.each([
  ['SUCCEEDED', SUCCEEDS, { output: '{"a":1}' }],
  [
    'FAILED',
    { Wait: { ...WAIT, Next: 'Fail' }, Fail: { Type: 'Fail', Error: 'No', Cause: 'Never' } },
    { output: null, error: 'No', cause: 'Never' },
  ],
])('has the status and the result when an execution has ended: %s', async (status, states, result) => {
  const { execution, end } = start(states);

  expect(createExecutionStatusChange(execution, await end(execution))).toEqual({
    ...EVENT,
    time: '2026-11-01T18:00:01Z',
    detail: { ...DETAIL, status, startDate: STARTED_AT, stopDate: STARTED_AT + 1_000, ...result },
  });
});
