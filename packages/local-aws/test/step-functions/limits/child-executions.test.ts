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
  it('has its own name, start, input, events, result and $$.Execution', async () => {
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

describe('the ARN of a child execution', () => {
  it.each([
    ['the name of the Map', undefined, 'Each'],
    ['its Label', 'LogGroups', 'LogGroups'],
  ])('contains %s', async (_, Label, expected) => {
    const { run } = machine({ Each: distributedMap({ Work }, { Label, End: true }) });
    const { execution } = await run({ items: ['a'] });
    const [child] = execution.childExecutions;
    expect(child?.executionArn).toBe(`${ARN}:execution:Machine/${expected}:${child?.name}`);
  });

  it.each(['', 'x'.repeat(41), 'two words', 'a/b', 'a:b'])('cannot contain the Label %j', (Label) => {
    expect(() => machine({ Each: distributedMap({ Work }, { Label, End: true }) })).toThrow(
      `Label of state Each must be 1 to 40 characters that a name can have, got ${JSON.stringify(Label)}`,
    );
  });
});

describe('a child execution that fails', () => {
  const failing = ({ item }: Payload) => {
    if (item === 'bad') {
      throw new FunctionFailure('Crashed', 'crashed');
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

  it('fails the Map, which does not start the remaining items', async () => {
    const { run } = machine({ Each: distributedMap({ Work }) }, failing);
    const { execution, result } = await run({ items: ['a', 'bad', 'c', 'd'] });
    expect(result).toEqual(exceeded);
    expect(execution.childExecutions.map(({ input }) => input)).toEqual(['a', 'bad']);
    await expect(execution.childExecutions[1]?.result).resolves.toEqual({
      status: 'FAILED',
      error: 'Crashed',
      cause: 'crashed',
    });
  });

  it('leaves its error in the result of the Map if every failure is tolerated', async () => {
    const Each = distributedMap({ Work }, { ToleratedFailurePercentage: 100, End: true });
    const { run } = machine({ Each }, failing);
    const { execution, result } = await run({ items: ['a', 'bad', 'c'] });
    expect(execution.childExecutions).toHaveLength(3);
    expect(result).toEqual({
      status: 'SUCCEEDED',
      output: ['a', { Status: 'FAILED', Error: 'Crashed', Cause: 'crashed' }, 'c'],
    });
  });

  it('ends the execution with its error if the errors that are tolerated are too large together', async () => {
    const Each = distributedMap({ Work }, { ToleratedFailurePercentage: 100, End: true });
    const { run } = machine({ Each }, () => {
      throw new FunctionFailure('Crashed', 'x'.repeat(7_000));
    });
    const { execution, result } = await run({ items: Array.from({ length: 40 }, (_, index) => index) });
    expect(execution.childExecutions).toHaveLength(40);
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('aborts its siblings, and leaves no timer', async () => {
    const states = { Each: distributedMap({ ChooseBad, Wait, Work }, { MaxConcurrency: 2, End: true }) };
    const { run, clock } = machine(states, failing);
    const { execution, result } = await run({ items: ['slow', 'bad', 'c'] });
    expect(result).toEqual(exceeded);
    expect(execution.childExecutions.map(({ input }) => input)).toEqual(['slow', 'bad']);
    await expect(execution.childExecutions[0]?.result).resolves.toMatchObject({ status: 'ABORTED' });
    expect(clock.timers.countTimers()).toBe(0);
    expect(clock.now()).toBe(Date.parse(NOW));
  });

  it('can be caught in the parent as an exceeded threshold, while its siblings stay aborted', async () => {
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
])('rejects the unsupported state %s', (name, states) => {
  expect(() => machine(states)).toThrow(
    `state ${name} must not be a Parallel state or an inline Map: local-aws supports only Distributed Maps`,
  );
});

it('rejects a tolerance of some failures', () => {
  expect(() => machine({ Each: distributedMap({ Work }, { ToleratedFailurePercentage: 50 }) })).toThrow(
    'ToleratedFailurePercentage of state Each must be 0 or 100, got 50',
  );
});

it.each(['ToleratedFailureCount', 'ToleratedFailureCountPath'])(
  'rejects the unsupported field %s, which would be ignored',
  (field) => {
    expect(() => machine({ Each: distributedMap({ Work }, { [field]: '$.tolerated' }) })).toThrow(
      `state Each must not have ${field}: local-aws supports only ToleratedFailurePercentage`,
    );
  },
);
