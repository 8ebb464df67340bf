import { distributedMap, FunctionFailure, machine, NOW, task } from '../machine';

const Wait = { Type: 'Wait', Seconds: 60, Next: 'Work' };
const Work = task({
  Parameters: { 'item.$': '$', 'execution.$': '$$.Execution', 'of.$': '$$.StateMachine.Id' },
  End: true,
});
const ARN = 'arn:aws:states:ap-northeast-1:123456789012';

interface Payload {
  item: string;
  execution: { Id: string; Name: string; Input: string; StartTime: string };
}

describe('a child execution of a Distributed Map', () => {
  it('is an execution of its own: name, start, input, events, result, and $$.Execution', async () => {
    const { run } = machine({ Each: distributedMap({ Wait, Work }) }, (payload) => payload);
    const { execution, result } = await run({ items: ['a', 'b'] });
    const [first, second] = execution.childExecutions;
    expect(first?.name).not.toBe(second?.name);
    expect(first?.name).toMatch(/^[0-9a-f-]{36}$/);
    expect(execution.childExecutions.map(({ input, startDate }) => [input, startDate])).toEqual([
      ['a', Date.parse(NOW)],
      ['b', Date.parse(NOW) + 60_000],
    ]);
    expect(first?.events.map(({ type, state }) => state?.name ?? type)).toEqual([
      'ExecutionStarted',
      ...['Wait', 'Wait', 'Work', 'Work'],
      'ExecutionSucceeded',
    ]);
    const answer = {
      item: 'b',
      execution: {
        Id: `${ARN}:execution:Machine/Each:${second?.name}`,
        Name: second?.name,
        Input: 'b',
        StartTime: '2026-11-01T18:01:00.000Z',
      },
      of: `${ARN}:stateMachine:Machine/Each`,
    };
    await expect(second?.result).resolves.toEqual({ status: 'SUCCEEDED', output: answer });
    expect(second?.executionArn).toBe(answer.execution.Id);
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: [{ item: 'a' }, answer] });
  });

  it("shows its states in the parent's events, with the index of its item", async () => {
    const { run } = machine({ Each: distributedMap({ Wait, Work }) });
    const { execution } = await run({ items: ['a', 'b'] });
    const entered = execution.events.filter(({ type }) => type === 'StateEntered');
    expect(entered.map(({ state, index }) => [state?.name, index])).toEqual([
      ['Each', undefined],
      ['Wait', 0],
      ['Work', 0],
      ['Wait', 1],
      ['Work', 1],
    ]);
    const others = execution.events.filter(({ state }) => state === undefined);
    expect(others.map(({ type }) => type)).toEqual(['ExecutionStarted', 'ExecutionSucceeded']);
  });
});

describe('a child execution that dies uncaught', () => {
  const failing = ({ item }: Payload) => {
    if (item === 'bad') {
      throw new FunctionFailure('Died', 'died');
    }
    return item;
  };
  const ChooseBad = {
    Type: 'Choice',
    Choices: [{ Variable: '$', StringEquals: 'bad', Next: 'Work' }],
    Default: 'Wait',
  };
  const exceeded = {
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  };

  it('fails the Map; the items behind it are not started', async () => {
    const { run } = machine({ Each: distributedMap({ Work }) }, failing);
    const { execution, result } = await run({ items: ['a', 'bad', 'c', 'd'] });
    expect(result).toEqual(exceeded);
    expect(execution.childExecutions.map(({ input }) => input)).toEqual(['a', 'bad']);
    await expect(execution.childExecutions[1]?.result).resolves.toEqual({
      status: 'FAILED',
      error: 'Died',
      cause: 'died',
    });
  });

  it('is passed over where every failure is tolerated, and leaves no output', async () => {
    const Each = distributedMap({ Work }, { ToleratedFailurePercentage: 100, End: true });
    const { run } = machine({ Each }, failing);
    const { execution, result } = await run({ items: ['a', 'bad', 'c'] });
    expect(execution.childExecutions).toHaveLength(3);
    expect(result).toEqual({ status: 'SUCCEEDED', output: ['a', 'c'] });
  });

  it('leaves nothing running: its siblings are ABORTED, and no timer is left', async () => {
    const states = { Each: distributedMap({ ChooseBad, Wait, Work }, { MaxConcurrency: 2, End: true }) };
    const { run, clock } = machine(states, failing);
    const { execution, result } = await run({ items: ['slow', 'bad', 'c'] });
    expect(result).toEqual(exceeded);
    expect(execution.childExecutions.map(({ input }) => input)).toEqual(['slow', 'bad']);
    await expect(execution.childExecutions[0]?.result).resolves.toMatchObject({ status: 'ABORTED' });
    expect(clock.timers.countTimers()).toBe(0);
    expect(clock.now()).toBe(Date.parse(NOW));
  });

  it('can be caught in the parent by the name of the threshold; its siblings do not go on meanwhile', async () => {
    const Catch = [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Next: 'Later' }];
    const Later = { Type: 'Wait', Seconds: 600, Next: 'Caught' };
    const Caught = { Type: 'Pass', Result: 'caught', End: true };
    const Each = distributedMap({ ChooseBad, Wait, Work }, { MaxConcurrency: 2, Catch, End: true });
    const { run } = machine({ Each, Later, Caught }, failing);
    const { execution, result } = await run({ items: ['slow', 'bad'] });
    expect(result).toEqual({ status: 'SUCCEEDED', output: 'caught' });
    expect(execution.childExecutions[0]?.events.map(({ type, state }) => state?.name ?? type)).toEqual([
      'ExecutionStarted',
      ...['ChooseBad', 'ChooseBad', 'Wait'],
      'ExecutionAborted',
    ]);
  });
});

it.each([
  ['Each', { Each: { Type: 'Map', ItemProcessor: { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } } } }],
  ['Both', { Both: { Type: 'Parallel' } }],
])('state %s, which is not limited as on AWS, is refused', (name, states) => {
  expect(() => machine(states)).toThrow(
    `state ${name} is neither a plain state nor a Distributed Map: local-aws knows no other`,
  );
});

it('a tolerance of some failures is refused', () => {
  expect(() => machine({ Each: distributedMap({ Work }, { ToleratedFailurePercentage: 50 }) })).toThrow(
    'state Each tolerates some failures: local-aws knows only none and all',
  );
});
