import { retryInPlace } from '../src/retry-in-place';

class AwsFailure extends Error {
  public readonly $metadata: { httpStatusCode: number };

  constructor(
    public override readonly name: string,
    httpStatusCode: number,
  ) {
    super(name);
    this.$metadata = { httpStatusCode };
  }
}

function asking(failures: Error[]) {
  const waits: number[] = [];
  const wait = async (milliseconds: number) => waits.push(milliseconds);
  const ask = jest.fn(async () => {
    const failure = failures.shift();
    if (failure) {
      throw failure;
    }
    return 'the answer';
  });
  return { answer: retryInPlace({ wait }, ask), ask, waits };
}

it('asks once what is answered', async () => {
  const { answer, ask, waits } = asking([]);

  expect(await answer).toBe('the answer');
  expect(ask).toHaveBeenCalledTimes(1);
  expect(waits).toEqual([]);
});

it.each([
  ['ThrottlingException', 400],
  ['TooManyRequestsException', 429],
  ['SlowDown', 503],
  ['ServiceUnavailableException', 500],
  ['InternalFailure', 500],
  ['ConditionalRequestConflict', 409],
  ['a name nobody knows', 502],
  ['a name nobody knows', 429],
])('asks again after a second what is refused as %s with %p', async (name, status) => {
  const { answer, waits } = asking([new AwsFailure(name, status), new AwsFailure(name, status)]);

  expect(await answer).toBe('the answer');
  expect(waits).toEqual([1_000, 1_000]);
});

it.each([
  ['AccessDeniedException', 400],
  ['AccessDenied', 403],
  ['PreconditionFailed', 412],
  ['ValidationException', 499],
])('does not ask again what is refused as %s with %p', async (name, status) => {
  const { answer, waits } = asking([new AwsFailure(name, status)]);

  await expect(answer).rejects.toMatchObject({ name });
  expect(waits).toEqual([]);
});

it('asks again what has no answer from AWS: all that the planner asks can be asked twice', async () => {
  const { answer, waits } = asking([new Error('socket hang up')]);

  expect(await answer).toBe('the answer');
  expect(waits).toEqual([1_000]);
});

it('asks 30 times at most', async () => {
  const throttled = new AwsFailure('ThrottlingException', 400);
  const { answer, ask, waits } = asking(Array(30).fill(throttled));

  await expect(answer).rejects.toBe(throttled);
  expect(ask).toHaveBeenCalledTimes(30);
  expect(waits).toHaveLength(29);
});
