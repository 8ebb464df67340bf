import { distributedMap, EVERYTHING_CAUGHT, machine, task } from '../machine';

const Caught = { Type: 'Pass', Result: 'caught', End: true };

describe('States.Runtime', () => {
  it.each([
    [
      'a missing path in the payload',
      { Parameters: { 'a.$': '$.missing' } },
      "Path expression '$.missing' does not point to a value",
    ],
    [
      'a missing path in the result',
      { ResultSelector: { 'a.$': '$.missing' } },
      "Path expression '$.missing' does not point to a value",
    ],
    ['a result that cannot be evaluated', { ResultSelector: { 'a.$': 'States.Nothing()' } }, expect.any(String)],
    ['an unknown intrinsic function', { Parameters: { 'a.$': 'States.Nothing()' } }, expect.any(String)],
    [
      'invalid arguments of an intrinsic function',
      { Parameters: { 'a.$': "States.ArrayRange('a', 1, 2)" } },
      expect.any(String),
    ],
  ])('is neither retried nor caught for %s', async (_, more, cause) => {
    const states = { Work: task({ ...EVERYTHING_CAUGHT, ...more, End: true }), Caught };
    const { execution, result } = await machine(states, () => ({})).run();
    expect(result).toEqual({ status: 'FAILED', error: 'States.Runtime', cause });
    expect(execution.events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'StateEntered',
      'StateFailed',
      'ExecutionFailed',
    ]);
  });

  it('is neither retried nor caught for a missing path to the items of a Map', async () => {
    const states = { Each: distributedMap({ Work: task({ End: true }) }, { ...EVERYTHING_CAUGHT, End: true }), Caught };
    const { result } = await machine(states).run({});
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});

it('catches any error that a function throws', async () => {
  const states = { Work: task({ ...EVERYTHING_CAUGHT, End: true }), Caught };
  const { result } = await machine(states, () => {
    throw new TypeError('not a function');
  }).run();
  expect(result).toEqual({ status: 'SUCCEEDED', output: 'caught' });
});
