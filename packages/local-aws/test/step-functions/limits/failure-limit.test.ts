import { FunctionFailure, machine, task } from '../machine';

const fail = { Type: 'Fail', ErrorPath: '$.error', CausePath: '$.cause' };

describe('a Fail state', () => {
  it('accepts an Error of 256 and a Cause of 32,768 characters', async () => {
    const [error, cause] = ['e'.repeat(256), 'é'.repeat(32_768)];
    const { result } = await machine({ Fail: fail }).run({ error, cause });
    expect(result).toEqual({ status: 'FAILED', error, cause });
  });

  it.each([
    [{ error: 'e', cause: 'c'.repeat(32_769) }, 'Cause of state Fail must be at most 32768 characters long, got 32769'],
    [{ error: 'e'.repeat(257), cause: 'c' }, 'Error of state Fail must be at most 256 characters long, got 257'],
  ])('fails with States.Runtime if Error or Cause is longer', async (input, cause) => {
    const { result } = await machine({ Fail: fail }).run(input);
    expect(result).toEqual({ status: 'FAILED', error: 'States.Runtime', cause });
  });
});

it('truncates the error of a function, which can still be caught by name', async () => {
  const Catch = [{ ErrorEquals: ['TooLong'], Next: 'Caught' }];
  const states = { Work: task({ Catch, End: true }), Caught: { Type: 'Succeed' } };
  const { result } = await machine(states, () => {
    throw new FunctionFailure('TooLong', 'c'.repeat(40_000));
  }).run();
  expect(result).toEqual({ status: 'SUCCEEDED', output: { Error: 'TooLong', Cause: 'c'.repeat(32_768) } });
});

it('truncates the name of an error of a function', async () => {
  const { result } = await machine({ Work: task({ End: true }) }, () => {
    throw new FunctionFailure('n'.repeat(300), 'long');
  }).run();
  expect(result).toEqual({ status: 'FAILED', error: 'n'.repeat(256), cause: 'long' });
});
