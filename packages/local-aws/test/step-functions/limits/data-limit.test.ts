import { distributedMap, EVERYTHING_CAUGHT, machine, task } from '../machine';

const LIMIT = 262_144;
/** JSON of so many bytes, of which the quotes are two. */
const text = (bytes: number) => 'x'.repeat(bytes - 2);
const CAUGHT = { Type: 'Pass', Result: 'caught', End: true };

const exceededIn = (state: string) => ({
  status: 'FAILED',
  error: 'States.DataLimitExceeded',
  cause: `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
});

describe("a state's data", () => {
  it('may have 262,144 bytes', async () => {
    const { result } = await machine({ Work: task({ End: true }) }, () => text(LIMIT)).run();
    expect(result).toEqual({ status: 'SUCCEEDED', output: text(LIMIT) });
  });

  it.each([
    ['one byte more', text(LIMIT + 1)],
    ['fewer characters, of two bytes each', 'é'.repeat(LIMIT / 2)],
  ])('ends the execution, whatever is retried and caught, with %s', async (_, answer) => {
    let calls = 0;
    const states = { Work: task({ ...EVERYTHING_CAUGHT, End: true }), Caught: CAUGHT };
    const { result } = await machine(states, () => {
      calls += 1;
      return answer;
    }).run();
    expect(result).toEqual(exceededIn('Work'));
    expect(calls).toBe(1);
  });

  it('counts as the result of a task that is thrown away', async () => {
    const { result } = await machine({ Work: task({ ResultPath: null, End: true }) }, () => text(LIMIT + 1)).run();
    expect(result).toEqual(exceededIn('Work'));
  });

  it('counts as the payload of a task, which is then not invoked', async () => {
    let calls = 0;
    const states = { Work: task({ Parameters: { 'a.$': '$.a', 'b.$': '$.a' }, End: true }) };
    const { result } = await machine(states, () => {
      calls += 1;
    }).run({ a: text(LIMIT / 2) });
    expect(result).toEqual(exceededIn('Work'));
    expect(calls).toBe(0);
  });

  it('counts as the output, to which the input adds', async () => {
    const states = { Work: task({ ResultPath: '$.more', End: true }) };
    const { result } = await machine(states, () => text(LIMIT / 2)).run({ a: text(LIMIT / 2) });
    expect(result).toEqual(exceededIn('Work'));
  });

  it("counts as a Map's result, of items that are each within it", async () => {
    const states = { Each: distributedMap({ Work: task({ End: true }) }, { ResultPath: null, End: true }) };
    const { execution, result } = await machine(states, () => text(LIMIT / 2)).run({ items: [1, 2] });
    expect(result).toEqual(exceededIn('Each'));
    expect(execution.childExecutions).toHaveLength(2);
  });

  it('counts as the input of a child execution, which fails', async () => {
    const ItemSelector = { 'a.$': '$.a', 'b.$': '$.a' };
    const work = { Work: task({ Parameters: { 'a.$': '$.a' }, End: true }) };
    const states = { Each: distributedMap(work, { ItemSelector, End: true }) };
    const { execution, result } = await machine(states).run({ items: [1], a: text(LIMIT / 2) });
    expect(result).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
    await expect(execution.childExecutions[0]?.result).resolves.toEqual(exceededIn('Work'));
  });

  it('is refused as the input of an execution', () => {
    const { stateMachine } = machine({ Done: { Type: 'Succeed' } });
    expect(() => stateMachine.startExecution({ a: text(LIMIT) })).toThrow(
      expect.objectContaining({
        name: 'InvalidExecutionInput',
        message: 'Invalid Execution Input: more than 262144 bytes',
      }),
    );
  });
});
