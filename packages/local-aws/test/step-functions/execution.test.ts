import { distributedMap, FunctionFailure, machine, NOW, STATE_MACHINE_ARN, task } from './machine';

const Wait = { Type: 'Wait', Seconds: 3_600, Next: 'Work' };
const Work = task({ End: true });

describe('the name of an execution', () => {
  it.each(['a:b', 'a b', '', 'n'.repeat(81)])('is rejected if it is %j', (name) => {
    const { stateMachine } = machine({ Work });
    expect(() => stateMachine.startExecution({}, undefined, name)).toThrow(
      expect.objectContaining({ name: 'InvalidName', message: `Invalid Name: '${name}'` }),
    );
  });

  it('has up to 80 characters, and is part of the ARN', () => {
    const name = 'n'.repeat(80);
    const { executionArn } = machine({ Work }).stateMachine.startExecution({}, undefined, name);
    expect(executionArn).toBe(`${STATE_MACHINE_ARN.replace('stateMachine', 'execution')}:${name}`);
  });

  it('is rejected if another execution has it', () => {
    const { stateMachine } = machine({ Work });
    const { executionArn } = stateMachine.startExecution({}, undefined, 'october');
    expect(() => stateMachine.startExecution({}, undefined, 'october')).toThrow(
      expect.objectContaining({
        name: 'ExecutionAlreadyExists',
        message: `Execution Already Exists: '${executionArn}'`,
      }),
    );
  });
});

it('counts the state transitions that AWS bills: entered states, retries, and child executions', async () => {
  let calls = 0;
  const Retry = [{ ErrorEquals: ['Crashed'] }];
  const Work = task({ Retry, End: true });
  const Pause = { Type: 'Wait', Seconds: 1, Next: 'Work' };
  const states = { Each: distributedMap({ Pause, Work }) };
  const { stateMachine, end } = machine(states, () => {
    calls += 1;
    if (calls === 2) {
      throw new FunctionFailure('Crashed');
    }
  });
  const execution = stateMachine.startExecution({ items: [1, 2, 3] });
  expect(await end(execution)).toMatchObject({ status: 'SUCCEEDED' });
  // The Map, and for each of three items its child execution and two states. One of them is retried.
  expect(execution.stateTransitions).toBe(1 + 3 * 3 + 1);
});

it('runs two executions concurrently on one clock', async () => {
  const at: string[] = [];
  const { stateMachine, clock } = machine({ Wait, Work }, ({ name }: { name: string }) => {
    at.push(`${name} at ${new Date(clock.now()).toISOString()}`);
  });
  const first = stateMachine.startExecution({ name: 'first' });
  await clock.moveTo('2026-11-01T18:30:00.000Z');
  const second = stateMachine.startExecution({ name: 'second' });
  await clock.passUntil(Promise.all([first.result, second.result]));
  expect(at).toEqual(['first at 2026-11-01T19:00:00.000Z', 'second at 2026-11-01T19:30:00.000Z']);
});

describe('a stopped execution', () => {
  it('ends with status ABORTED and the given reason, and leaves no timer', async () => {
    const { stateMachine, clock, end } = machine({ Wait, Work });
    const execution = stateMachine.startExecution({});
    await clock.moveTo('2026-11-01T18:30:00.000Z');
    execution.stop('Mistake', 'the wrong month');
    expect(await end(execution)).toEqual({ status: 'ABORTED', error: 'Mistake', cause: 'the wrong month' });
    expect(execution.history).toBe(3);
    expect(clock.timers.countTimers()).toBe(0);
  });

  it('aborts its child executions, and starts no other', async () => {
    const states = { Each: distributedMap({ Wait, Work }, { MaxConcurrency: 2, End: true }) };
    const { stateMachine, clock, end } = machine(states);
    const execution = stateMachine.startExecution({ items: [1, 2, 3] });
    await clock.moveTo('2026-11-01T18:30:00.000Z');
    execution.stop();
    expect(await end(execution)).toEqual({ status: 'ABORTED' });
    const children = await Promise.all(execution.childExecutions.map(({ result }) => result));
    expect(children.map(({ status }) => status)).toEqual(['ABORTED', 'ABORTED']);
    expect(clock.timers.countTimers()).toBe(0);
  });

  it('does not retry a task that fails afterwards', async () => {
    let calls = 0;
    const Retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 100 }];
    const { stateMachine, clock, end } = machine({ Work: task({ Retry, End: true }) }, () => {
      calls += 1;
      execution.stop();
      throw new FunctionFailure('Crashed');
    });
    const execution = stateMachine.startExecution({});
    expect(await end(execution)).toEqual({ status: 'ABORTED' });
    await clock.moveTo('2026-11-02T18:00:00.000Z');
    expect(calls).toBe(1);
    expect(clock.timers.countTimers()).toBe(0);
  });

  it('does not change if it had ended before', async () => {
    const { run, clock } = machine({ Work }, () => 'done');
    const { execution } = await run();
    execution.stop();
    await expect(execution.result).resolves.toEqual({ status: 'SUCCEEDED', output: 'done' });
    expect(execution.history).toBe(7);
    expect(clock.now()).toBe(Date.parse(NOW));
  });
});

it('times out an execution after TimeoutSeconds, and aborts its child executions', async () => {
  const { stateMachine, clock, end } = machine({ Each: distributedMap({ Wait, Work }) });
  Object.assign(stateMachine.definition, { TimeoutSeconds: 60 });
  const execution = stateMachine.startExecution({ items: [1, 2] });
  expect(await end(execution)).toEqual({ status: 'TIMED_OUT' });
  expect(clock.now()).toBe(Date.parse(NOW) + 60_000);
  const children = await Promise.all(execution.childExecutions.map(({ result }) => result));
  expect(children).toEqual([{ status: 'ABORTED' }]);
  expect(clock.timers.countTimers()).toBe(0);
});
