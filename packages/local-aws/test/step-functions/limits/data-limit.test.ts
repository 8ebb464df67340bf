import type { Definition } from '../../../src/step-functions/interpreter/definition';
import { distributedMap, EVERYTHING_CAUGHT, machine, task } from '../machine';

const LIMIT = 262_144;
/** Creates a string whose JSON has this number of bytes, including two quotes. */
const createText = (bytes: number) => 'x'.repeat(bytes - 2);
const CAUGHT = { Type: 'Pass', Result: 'caught', End: true };

const limitExceededIn = (state: string) => ({
  status: 'FAILED',
  error: 'States.DataLimitExceeded',
  cause: `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
});

describe("a state's data", () => {
  it('can have 262,144 bytes', async () => {
    const { result } = await machine({ Work: task({ End: true }) }, () => createText(LIMIT)).run();
    expect(result).toEqual({ status: 'SUCCEEDED', output: createText(LIMIT) });
  });

  it.each([
    ['one byte more', createText(LIMIT + 1)],
    ['fewer characters, of two bytes each', 'é'.repeat(LIMIT / 2)],
  ])('fails a task with %s, which States.ALL retries and catches', async (_, answer) => {
    let calls = 0;
    const states = { Work: task({ ...EVERYTHING_CAUGHT, End: true }), Caught: CAUGHT };
    const { result } = await machine(states, () => {
      calls += 1;
      return answer;
    }).run();
    expect(result).toEqual({ status: 'SUCCEEDED', output: 'caught' });
    expect(calls).toBe(3);
  });

  it.each<[string, Definition['States'], object]>([
    [
      'the result of a Map',
      { Work: { ...distributedMap({ Double: task({ End: true }) }), ...EVERYTHING_CAUGHT } },
      { items: [1, 2] },
    ],
    ['the payload of a task', { Work: task({ Parameters: { 'a.$': '$.a', 'b.$': '$.a' }, ...EVERYTHING_CAUGHT }) }, {}],
    ['the output with the merged input', { Work: task({ ResultPath: '$.more', ...EVERYTHING_CAUGHT }) }, {}],
  ])('ends the execution in spite of Retry and Catch with more than 262,144 bytes in %s', async (_, states, input) => {
    const work = { ...states.Work, Type: String(states.Work?.Type), End: true };
    const { result } = await machine({ Work: work, Caught: CAUGHT }, () => createText(LIMIT / 2)).run({
      a: createText(LIMIT / 2),
      ...input,
    });
    expect(result).toEqual(limitExceededIn('Work'));
  });

  it('includes a task result that is discarded', async () => {
    const { result } = await machine({ Work: task({ ResultPath: null, End: true }) }, () =>
      createText(LIMIT + 1),
    ).run();
    expect(result).toEqual(limitExceededIn('Work'));
  });

  it('includes the payload of a task, which is not invoked if it is too large', async () => {
    let calls = 0;
    const states = { Work: task({ Parameters: { 'a.$': '$.a', 'b.$': '$.a' }, End: true }) };
    const { result } = await machine(states, () => {
      calls += 1;
    }).run({ a: createText(LIMIT / 2) });
    expect(result).toEqual(limitExceededIn('Work'));
    expect(calls).toBe(0);
  });

  it('includes the output with the merged input', async () => {
    const states = { Work: task({ ResultPath: '$.more', End: true }) };
    const { result } = await machine(states, () => createText(LIMIT / 2)).run({ a: createText(LIMIT / 2) });
    expect(result).toEqual(limitExceededIn('Work'));
  });

  it('includes the result of a Map whose items are within the limit', async () => {
    const states = { Each: distributedMap({ Work: task({ End: true }) }, { ResultPath: null, End: true }) };
    const { execution, result } = await machine(states, () => createText(LIMIT / 2)).run({ items: [1, 2] });
    expect(result).toEqual(limitExceededIn('Each'));
    expect(execution.childExecutions).toHaveLength(2);
  });

  it('includes the input of a child execution, which fails if it is too large', async () => {
    const ItemSelector = { 'a.$': '$.a', 'b.$': '$.a' };
    const work = { Work: task({ Parameters: { 'a.$': '$.a' }, End: true }) };
    const states = { Each: distributedMap(work, { ItemSelector, End: true }) };
    const { execution, result } = await machine(states).run({ items: [1], a: createText(LIMIT / 2) });
    expect(result).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
    await expect(execution.childExecutions[0]?.result).resolves.toEqual(limitExceededIn('Work'));
  });

  it('includes the input of an execution, which is rejected if it is too large', () => {
    const { stateMachine } = machine({ Done: { Type: 'Succeed' } });
    expect(() => stateMachine.startExecution({ a: createText(LIMIT) })).toThrow(
      expect.objectContaining({
        name: 'InvalidExecutionInput',
        message: 'Invalid Execution Input: more than 262144 bytes',
      }),
    );
  });
});
