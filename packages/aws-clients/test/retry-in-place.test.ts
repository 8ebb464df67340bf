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

function callWith(failures: Error[]) {
  const waits: number[] = [];
  const wait = async (milliseconds: number) => waits.push(milliseconds);
  const call = jest.fn(async () => {
    const failure = failures.shift();
    if (failure) {
      throw failure;
    }
    return 'answer';
  });
  return { answer: retryInPlace({ wait }, call), call, waits };
}

it('calls once when the call succeeds', async () => {
  const { answer, call, waits } = callWith([]);

  expect(await answer).toBe('answer');
  expect(call).toHaveBeenCalledTimes(1);
  expect(waits).toEqual([]);
});

it.each([
  ['ThrottlingException', 400],
  ['TooManyRequestsException', 429],
  ['SlowDown', 503],
  ['ServiceUnavailableException', 500],
  ['InternalFailure', 500],
  ['ConditionalRequestConflict', 409],
  ['AnUnknownError', 502],
  ['AnUnknownError', 429],
])('retries a call after a second when AWS fails with %s and status %p', async (name, status) => {
  const { answer, waits } = callWith([new AwsFailure(name, status), new AwsFailure(name, status)]);

  expect(await answer).toBe('answer');
  expect(waits).toEqual([1_000, 1_000]);
});

it.each([
  ['AccessDeniedException', 400],
  ['AccessDenied', 403],
  ['PreconditionFailed', 412],
  ['ValidationException', 499],
])('does not retry when AWS fails with %s and status %p', async (name, status) => {
  const { answer, waits } = callWith([new AwsFailure(name, status)]);

  await expect(answer).rejects.toMatchObject({ name });
  expect(waits).toEqual([]);
});

it('retries a call without a response from AWS', async () => {
  const { answer, waits } = callWith([new Error('socket hang up')]);

  expect(await answer).toBe('answer');
  expect(waits).toEqual([1_000]);
});

it('gives up after 30 attempts', async () => {
  const throttled = new AwsFailure('ThrottlingException', 400);
  const { answer, call, waits } = callWith(Array(30).fill(throttled));

  await expect(answer).rejects.toBe(throttled);
  expect(call).toHaveBeenCalledTimes(30);
  expect(waits).toHaveLength(29);
});
