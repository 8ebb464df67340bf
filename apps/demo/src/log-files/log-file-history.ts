import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LocalAws } from '@log-archiver/local-aws';
import { Temporal } from 'temporal-polyfill';
import { getScheduledTime } from '../calendar';
import type { History, PutEvent } from '../history';
import { splitIntoBatches } from './batches';
import type { LogFile } from './log-file';

const logStreamName = 'log-file';

/** Creates the history of log files. It ends when the schedule archives the last of the periods. */
export function createLogFileHistory(logFiles: LogFile[], periods: string, timeZone: string): History {
  const logGroupNames = logFiles.map(({ logGroupName }) => logGroupName);
  const scheduledTime = getScheduledTime(periods, timeZone);
  return {
    imported: logGroupNames,
    archived: logGroupNames,
    startsAt: Math.min(...logFiles.map(({ events }) => events[0]?.timestamp ?? scheduledTime.epochMilliseconds)),
    scheduledTime,
    async write(aws, _, onMonth) {
      const put = await writeLogFiles(aws, logFiles, timeZone, onMonth);
      await moveClockTo(aws, scheduledTime.epochMilliseconds);
      return put;
    },
  };
}

/** Writes the events while the clock moves, because CloudWatch Logs rejects events that are older than 14 days. */
async function writeLogFiles(
  aws: LocalAws,
  logFiles: LogFile[],
  timeZone: string,
  onMonth: (month: string) => void,
): Promise<PutEvent[]> {
  const client = new CloudWatchLogsClient(aws.clientConfig);
  for (const { logGroupName } of logFiles) {
    await client.send(new CreateLogGroupCommand({ logGroupName }));
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  }
  const batches = logFiles
    .flatMap(({ logGroupName, events }) =>
      splitIntoBatches(events).map((logEvents) => ({
        logGroupName,
        logEvents,
        last: logEvents.at(-1)?.timestamp ?? 0,
      })),
    )
    .sort((one, other) => one.last - other.last);
  const put: PutEvent[] = [];
  for (const { logGroupName, logEvents, last } of batches) {
    await moveClockTo(aws, last);
    onMonth(
      Temporal.Instant.fromEpochMilliseconds(last)
        .toZonedDateTimeISO(timeZone)
        .toPlainDate()
        .toPlainYearMonth()
        .toString(),
    );
    await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    put.push(...logEvents.map(({ timestamp }) => ({ logGroupName, timestamp })));
  }
  return put;
}

async function moveClockTo({ clock }: LocalAws, instant: number) {
  await clock.moveTo(Math.max(instant, clock.now()));
}
