import { AwsError } from '../protocol/aws-error';

const SECOND = 1_000;

/** How often operations are called: AWS refuses the calls that are too many for the second that ends with them. */
export class CallRates {
  /** When the calls of the last second were made, by operation. */
  private readonly calls = new Map<string, number[]>();

  constructor(private readonly now: () => number) {}

  /** A call that is refused does not count. */
  public count(operation: string, callsPerSecond: number) {
    const now = this.now();
    const recentCalls = (this.calls.get(operation) ?? []).filter((madeAt) => madeAt > now - SECOND);
    if (recentCalls.length >= callsPerSecond) {
      throw new AwsError('ThrottlingException', 'Rate exceeded');
    }
    this.calls.set(operation, [...recentCalls, now]);
  }
}
