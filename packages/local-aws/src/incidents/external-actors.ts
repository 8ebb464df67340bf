import type { LocalAws } from '../local-aws';

const SECOND_MS = 1_000;
const POLL_INTERVAL_MS = 5 * SECOND_MS;
const MAX_TASK_SECONDS = 24 * 3_600;

/**
 * Occupies the account's only export slot with foreign tasks, one after another.
 *
 * Several are needed beyond 24 hours, because AWS ends each task after 24 hours.
 */
export function foreignTaskHoldsSlot({ logs, buckets, clock }: LocalAws, seconds: number) {
  const logGroupName = '/stranger';
  logs.logGroups.create({ logGroupName });
  buckets.createBucket('strangers-bucket');
  hold(seconds);

  function hold(left: number) {
    const runningSeconds = Math.min(left, MAX_TASK_SECONDS);
    logs.exportTasks.script(logGroupName, { pendingSeconds: 0, runningSeconds });
    logs.exportTasks.create({ logGroupName, from: 0, to: 1, destination: 'strangers-bucket' });
    if (left > runningSeconds) {
      clock.timers.setTimeout(() => hold(left - runningSeconds), runningSeconds * SECOND_MS);
    }
  }
}

/** Cancels the next export task of a log group once it runs, as an operator would. */
export function operatorCancelsTask({ logs: { exportTasks }, clock }: LocalAws, logGroupName: string) {
  const endsAt = clock.now() + MAX_TASK_SECONDS * SECOND_MS;
  const look = () => {
    const running = exportTasks.describe({ statusCode: 'RUNNING' }).exportTasks;
    const task = running.find((candidate) => candidate.logGroupName === logGroupName);
    if (task) {
      exportTasks.cancel(task);
    } else if (clock.now() < endsAt) {
      clock.timers.setTimeout(look, POLL_INTERVAL_MS);
    }
  };
  clock.timers.setTimeout(look, POLL_INTERVAL_MS);
}
