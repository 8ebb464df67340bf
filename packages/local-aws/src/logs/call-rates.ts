import { AwsError } from '../protocol/aws-error';

const SECOND_MS = 1_000;

/** Rates of calls by operation. A call is throttled if too many were accepted in the second before it. */
export class CallRates {
  /** Times of the calls in the last second, by operation. */
  private readonly calls = new Map<string, number[]>();

  constructor(private readonly now: () => number) {}

  /** Counts a call, or throws `ThrottlingException`. A throttled call does not count. */
  public count(operation: string, callsPerSecond: number) {
    const now = this.now();
    const recentCalls = (this.calls.get(operation) ?? []).filter((madeAt) => madeAt > now - SECOND_MS);
    if (recentCalls.length >= callsPerSecond) {
      throw new AwsError('ThrottlingException', 'Rate exceeded');
    }
    this.calls.set(operation, [...recentCalls, now]);
  }
}
