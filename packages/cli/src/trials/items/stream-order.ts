import { DescribeLogStreamsCommand, type LogStream } from '@aws-sdk/client-cloudwatch-logs';
import { putEvents } from '../exports';
import { type AutomatedTrial, inconclusive, type TrialAnswer } from '../trial';
import type { TrialAccount } from '../trial-account';

const LOG_STREAM = 'trial-10/events';
const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const POLL_INTERVAL_MS = 30 * SECOND_MS;

/** Puts two events one after the other, and polls until DescribeLogStreams shows the time of the second. */
export const streamOrder: AutomatedTrial = {
  number: 10,
  title: 'The order of log streams',
  prepare: async (account) => {
    const putAt = account.now();
    const first = { timestamp: putAt - HOUR_MS, message: 'first' };
    await putEvents(account, LOG_STREAM, [first], [{ timestamp: putAt, message: 'second' }]);
    return async () => {
      for (;;) {
        const logStream = await describeStream(account);
        const isShown = logStream?.lastEventTimestamp === putAt;
        const elapsed = account.now() - putAt;
        if (isShown || elapsed > HOUR_MS || account.now() > account.deadline) {
          return judge(isShown, elapsed, { secondsSinceTheEvent: elapsed / SECOND_MS, logStream });
        }
        await account.wait(POLL_INTERVAL_MS);
      }
    };
  },
};

function judge(isShown: boolean, elapsed: number, evidence: unknown): TrialAnswer {
  const seconds = Math.round(elapsed / SECOND_MS);
  if (isShown && elapsed <= HOUR_MS) {
    const note = `lastEventTimestamp had the event after at most ${seconds} seconds`;
    return { answer: 'WITHIN_ONE_HOUR', holds: true, note, evidence };
  }
  if (!isShown && elapsed > HOUR_MS) {
    return {
      answer: 'LATER',
      holds: false,
      note: `lastEventTimestamp lacked the event after ${seconds} seconds`,
      evidence,
    };
  }
  const note = isShown
    ? 'the trials before took more than an hour, so the command looked too late; run it again'
    : 'lastEventTimestamp did not have the event in time; run the command again with --wait 60';
  return inconclusive(note, evidence);
}

async function describeStream({ logs, names }: TrialAccount): Promise<LogStream | undefined> {
  const { logStreams = [] } = await logs.send(
    new DescribeLogStreamsCommand({ logGroupName: names.logGroup, orderBy: 'LastEventTime', descending: true }),
  );
  return logStreams.find(({ logStreamName }) => logStreamName === LOG_STREAM);
}
