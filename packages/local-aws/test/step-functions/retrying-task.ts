import { FunctionFailure, task } from './machine';

/** Creates a function that fails the given number of times before each answer. */
export function createFailing(...times: number[]) {
  let left = times.shift() ?? 0;
  return () => {
    left -= 1;
    if (left >= 0) {
      throw new FunctionFailure('RUNNING');
    }
    left = times.shift() ?? 0;
    return null;
  };
}

/** Creates a Task that retries while its function throws `RUNNING`. */
export const createRetrying = (more: object = { End: true }) =>
  task({ Retry: [{ ErrorEquals: ['RUNNING'], MaxAttempts: 10_000, BackoffRate: 1 }], ...more });

/** Events for the start and end of an execution. */
export const ENDS = 2;
