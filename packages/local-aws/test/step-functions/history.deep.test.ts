import { distributedMap, machine } from './machine';
import { createFailing, createRetrying, ENDS } from './retrying-task';

const DONE = { Type: 'Succeed' };
const REACHED = {
  status: 'FAILED',
  error: 'States.Runtime',
  cause: 'The execution reached the maximum number of history events (25000).',
};

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
