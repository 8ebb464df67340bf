import { distributedMap, EVERYTHING_CAUGHT, machine, task } from '../machine';

const Caught = { Type: 'Pass', Result: 'caught', End: true };

describe('States.Runtime is neither retried nor caught by States.ALL', () => {
  it.each([
    [
      'a path of the payload',
      { Parameters: { 'a.$': '$.missing' } },
      "Path expression '$.missing' does not point to a value",
    ],
    [
      'a path of the result',
      { ResultSelector: { 'a.$': '$.missing' } },
      "Path expression '$.missing' does not point to a value",
    ],
    ['a result that cannot be worked out', { ResultSelector: { 'a.$': 'States.Nothing()' } }, expect.any(String)],
    ['an intrinsic function that does not exist', { Parameters: { 'a.$': 'States.Nothing()' } }, expect.any(String)],
    [
      'arguments of an intrinsic function that do not fit',
      { Parameters: { 'a.$': "States.ArrayRange('a', 1, 2)" } },
      expect.any(String),
    ],
  ])('%s', async (_, more, cause) => {
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

  it('a path to the items of a Map', async () => {
    const states = { Each: distributedMap({ Work: task({ End: true }) }, { ...EVERYTHING_CAUGHT, End: true }), Caught };
    const { result } = await machine(states).run({});
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});

it('an error of a function is caught, whatever its kind', async () => {
  const states = { Work: task({ ...EVERYTHING_CAUGHT, End: true }), Caught };
  const { result } = await machine(states, () => {
    throw new TypeError('not a function');
  }).run();
  expect(result).toEqual({ status: 'SUCCEEDED', output: 'caught' });
});
