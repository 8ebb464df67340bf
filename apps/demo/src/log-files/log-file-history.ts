import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LocalAws } from '@log-archiver/local-aws';
import { Temporal } from 'temporal-polyfill';
import { scheduledTimeOf } from '../calendar';
import type { History, PutEvent } from '../history';
import { batchesOf } from './batches';
import type { LogFile } from './log-file';

const logStreamName = 'log-file';

/** The events of log files, up to when the schedule fires for the last of these periods. */
export function logFileHistory(logFiles: LogFile[], periods: string, timeZone: string): History {
  const logGroupNames = logFiles.map(({ logGroupName }) => logGroupName);
  const scheduledTime = scheduledTimeOf(periods, timeZone);
  return {
    imported: logGroupNames,
    archived: logGroupNames,
    startsAt: Math.min(...logFiles.map(({ events }) => events[0]?.timestamp ?? scheduledTime.epochMilliseconds)),
    scheduledTime,
    async write(aws, _, onMonth) {
      const put = await writeLogFiles(aws, logFiles, timeZone, onMonth);
      await moveOnTo(aws, scheduledTime.epochMilliseconds);
      return put;
    },
  };
}

/** The clock moves along with the events, as CloudWatch Logs takes none that is older than 14 days. */
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
      batchesOf(events).map((logEvents) => ({ logGroupName, logEvents, last: logEvents.at(-1)?.timestamp ?? 0 })),
    )
    .sort((one, other) => one.last - other.last);
  const put: PutEvent[] = [];
  for (const { logGroupName, logEvents, last } of batches) {
    await moveOnTo(aws, last);
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

async function moveOnTo({ clock }: LocalAws, instant: number) {
  await clock.moveTo(Math.max(instant, clock.now()));
}
