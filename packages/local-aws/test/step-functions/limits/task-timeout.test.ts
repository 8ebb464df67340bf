import { VirtualClock } from '../../../src';
import { StateMachine } from '../../../src/step-functions/state-machine';
import { STATE_MACHINE_ARN, task } from '../machine';

/** A function that takes 15 minutes, in a Task with these properties; how often it was started, and when that ended. */
async function quarterOfAnHour(more: object) {
  const clock = new VirtualClock(0);
  const invoke = jest.fn(() => clock.sleep(15 * 60_000).then(() => 'done'));
  const definition = { StartAt: 'Work', States: { Work: task({ ...more, End: true }) } };
  const stateMachine = new StateMachine(STATE_MACHINE_ARN, definition, new Map([['fn', { invoke }]]), clock);
  const result = await clock.passUntil(stateMachine.startExecution({}).result);
  return { result, starts: invoke.mock.calls.length, seconds: clock.now() / 1_000 };
}

it('a Task without a timeout waits as long as its function takes', async () => {
  expect(await quarterOfAnHour({ Retry: [{ ErrorEquals: ['States.ALL'] }] })).toEqual({
    result: { status: 'SUCCEEDED', output: 'done' },
    starts: 1,
    seconds: 900,
  });
});

it('a Task with a timeout does not', async () => {
  expect(await quarterOfAnHour({ TimeoutSeconds: 60 })).toMatchObject({
    result: { status: 'FAILED', error: 'States.Timeout' },
    seconds: 60,
  });
});
