import type { LocalAws } from '../local-aws';

const SECOND = 1_000;
const LOOKS_EVERY = 5 * SECOND;
const LONGEST_TASK = 24 * 3_600;

/** Export tasks that are not the archiver's hold the account's only slot, one after the other: AWS gives each 24 hours. */
export function strangerHoldsSlot({ logs, files, clock }: LocalAws, seconds: number) {
  const logGroupName = '/stranger';
  logs.logGroups.create({ logGroupName });
  files.createBucket('strangers-bucket');
  hold(seconds);

  function hold(left: number) {
    const runningSeconds = Math.min(left, LONGEST_TASK);
    logs.exportTasks.arrange(logGroupName, { pendingSeconds: 0, runningSeconds });
    logs.exportTasks.create({ logGroupName, from: 0, to: 1, destination: 'strangers-bucket' });
    if (left > runningSeconds) {
      clock.timers.setTimeout(() => hold(left - runningSeconds), runningSeconds * SECOND);
    }
  }
}

/** Somebody cancels the next export task of a log group, once it runs. */
export function cancelByHand({ logs: { exportTasks }, clock }: LocalAws, logGroupName: string) {
  const givesUpAt = clock.now() + LONGEST_TASK * SECOND;
  const look = () => {
    const running = exportTasks.describe({ statusCode: 'RUNNING' }).exportTasks;
    const task = running.find((candidate) => candidate.logGroupName === logGroupName);
    if (task) {
      exportTasks.cancel(task);
    } else if (clock.now() < givesUpAt) {
      clock.timers.setTimeout(look, LOOKS_EVERY);
    }
  };
  clock.timers.setTimeout(look, LOOKS_EVERY);
}
