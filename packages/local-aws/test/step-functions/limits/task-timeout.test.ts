import { VirtualClock } from '../../../src';
import { StateMachine } from '../../../src/step-functions/state-machine';
import { STATE_MACHINE_ARN, task } from '../machine';

/** Runs a Task whose function takes 15 minutes, and returns the number of invocations and the duration. */
async function runFifteenMinuteTask(more: object) {
  const clock = new VirtualClock(0);
  const invoke = jest.fn(() => clock.sleep(15 * 60_000).then(() => 'done'));
  const definition = { StartAt: 'Work', States: { Work: task({ ...more, End: true }) } };
  const stateMachine = new StateMachine(STATE_MACHINE_ARN, definition, new Map([['fn', { invoke }]]), clock);
  const result = await clock.passUntil(stateMachine.startExecution({}).result);
  return { result, starts: invoke.mock.calls.length, seconds: clock.now() / 1_000 };
}

it('waits without limit for a Task without a timeout', async () => {
  expect(await runFifteenMinuteTask({ Retry: [{ ErrorEquals: ['States.ALL'] }] })).toEqual({
    result: { status: 'SUCCEEDED', output: 'done' },
    starts: 1,
    seconds: 900,
  });
});

it('fails a Task that exceeds its timeout', async () => {
  expect(await runFifteenMinuteTask({ TimeoutSeconds: 60 })).toMatchObject({
    result: { status: 'FAILED', error: 'States.Timeout' },
    seconds: 60,
  });
});
