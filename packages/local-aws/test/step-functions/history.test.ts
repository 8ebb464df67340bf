import { distributedMap, FunctionFailure, machine, task } from './machine';

const DONE = { Type: 'Succeed' };
const REACHED = {
  status: 'FAILED',
  error: 'States.Runtime',
  cause: 'The execution reached the maximum number of history events (25000).',
};

/** Creates a function that fails the given number of times before each answer. */
function createFailing(...times: number[]) {
  let left = times.shift() ?? 0;
  return () => {
    left -= 1;
    if (left >= 0) {
      throw new FunctionFailure('RUNNING');
    }
    left = times.shift() ?? 0;
    return null;
  };
}

const createRetrying = (more: object = { End: true }) =>
  task({ Retry: [{ ErrorEquals: ['RUNNING'], MaxAttempts: 10_000, BackoffRate: 1 }], ...more });

/** Events for the start and end of an execution. */
const ENDS = 2;

describe('the history of an execution', () => {
  it.each([
    ['2 events for a Succeed', { Done: DONE }, ENDS + 2],
    ['2 events for a Pass', { Pass: { Type: 'Pass', Next: 'Done' }, Done: DONE }, ENDS + 2 + 2],
    ['2 events for a Wait', { Wait: { Type: 'Wait', Seconds: 1, Next: 'Done' }, Done: DONE }, ENDS + 2 + 2],
    ['2 events for a Choice', { Choose: { Type: 'Choice', Choices: [], Default: 'Done' }, Done: DONE }, ENDS + 2 + 2],
    ['1 event for a Fail', { Fail: { Type: 'Fail', Error: 'Gone', Cause: 'gone' } }, ENDS + 1],
    ['5 events for a Task', { Work: task({ End: true }) }, ENDS + 5],
    ['6 events for a Map of 0 items', { Each: distributedMap({ Work: task({ End: true }) }) }, ENDS + 6, []],
    [
      '6 events for a Map of 9 items',
      { Each: distributedMap({ Work: task({ End: true }) }) },
      ENDS + 6,
      Array(9).fill(0),
    ],
  ])('has %s', async (_, states, length, items: unknown[] = []) => {
    const { execution } = await machine(states).run({ items });
    expect(execution.history).toBe(length);
    expect(execution.childExecutions.map(({ history }) => history)).toEqual(items.map(() => ENDS + 5));
  });

  it('has 3 more events for each retry of a Task', async () => {
    const { execution } = await machine({ Work: createRetrying() }, createFailing(7)).run();
    expect(execution.history).toBe(ENDS + 5 + 7 * 3);
  });

  it('has as many events for a caught Task as for a successful one, and one less for an uncaught one', async () => {
    const Catch = [{ ErrorEquals: ['RUNNING'], Next: 'Done' }];
    const caught = await machine({ Work: task({ Catch, End: true }), Done: DONE }, createFailing(1)).run();
    expect(caught.execution.history).toBe(ENDS + 5 + 2);
    const uncaught = await machine({ Work: task({ End: true }) }, createFailing(1)).run();
    expect(uncaught.execution.history).toBe(ENDS + 4);
  });

  it('has as many events for a caught Map as for a successful one, and one less for an uncaught one', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Done' }];
    const work = { Work: task({ End: true }) };
    const caught = { Each: distributedMap(work, { Catch, End: true }), Done: DONE };
    expect((await machine(caught, createFailing(1)).run({ items: [1] })).execution.history).toBe(ENDS + 6 + 2);
    const uncaught = { Each: distributedMap(work) };
    expect((await machine(uncaught, createFailing(1)).run({ items: [1] })).execution.history).toBe(ENDS + 5);
  });
});

describe('the last of 25,000 events', () => {
  it('can be the success of the execution', async () => {
    const { execution, result } = await machine({ Work: createRetrying() }, createFailing(8_331)).run();
    expect(result).toEqual({ status: 'SUCCEEDED', output: null });
    expect(execution.history).toBe(25_000);
  });

  it('is the failure of the execution if it needs more', async () => {
    const { execution, result } = await machine({ Work: createRetrying() }, createFailing(8_332)).run();
    expect(result).toEqual(REACHED);
    expect(execution.history).toBe(25_000);
  });

  it('is the failure of the execution in place of the exit of the last state', async () => {
    const states = { Work: createRetrying({ Next: 'Pass' }), Pass: { Type: 'Pass', Next: 'Done' }, Done: DONE };
    const { execution, result } = await machine(states, createFailing(8_330)).run();
    expect(result).toEqual(REACHED);
    expect(execution.history).toBe(25_000);
  });

  it('belongs to a child execution, while the parent counts 6 and fails', async () => {
    const states = { Each: distributedMap({ Work: createRetrying() }) };
    const { execution, result } = await machine(states, createFailing(8_331, 8_332)).run({ items: [1, 2, 3] });
    expect(result).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
    expect(execution.history).toBe(ENDS + 5);
    expect(execution.childExecutions.map(({ history }) => history)).toEqual([25_000, 25_000]);
    await expect(execution.childExecutions[1]?.result).resolves.toEqual(REACHED);
  });
});
