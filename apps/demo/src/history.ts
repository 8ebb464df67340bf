import { setImmediate } from 'node:timers/promises';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LocalAws, LogEvent } from '@log-archiver/local-aws';
import { Temporal } from 'temporal-polyfill';

const MONTHS = 3;
const EVENTS_A_DAY = 24;

/** Log groups that something else than the sample's stack has made; the last one is archived but does not exist. */
export const IMPORTED = {
  withStackTraces: '/aws/lambda/checkout',
  empty: '/aws/lambda/nightly-report',
  missing: '/aws/lambda/retired',
};

/** When the story starts, so that it has three months to tell. */
export function startOfHistory(scheduledTime: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return scheduledTime.with({ day: 1 }).startOfDay().subtract({ months: MONTHS });
}

/** What was put in, to be counted later. */
export interface PutEvent {
  readonly logGroupName: string;
  readonly timestamp: number;
}

/**
 * Writes three months of events, a day at a time, as CloudWatch Logs takes none that is older than 14 days. Every day
 * has an event in its first and in its last millisecond, where off-by-one mistakes live.
 */
export async function writeHistory(
  aws: LocalAws,
  targetNames: string[],
  scheduledTime: Temporal.ZonedDateTime,
  onMonth: (month: string) => void = () => {},
): Promise<PutEvent[]> {
  const client = new CloudWatchLogsClient(aws.clientConfig);
  for (const logGroupName of [IMPORTED.withStackTraces, IMPORTED.empty]) {
    await client.send(new CreateLogGroupCommand({ logGroupName }));
  }
  const logGroupNames = targetNames.filter((name) => name !== IMPORTED.empty && name !== IMPORTED.missing);
  const put: PutEvent[] = [];
  let day = startOfHistory(scheduledTime);
  while (Temporal.ZonedDateTime.compare(day, scheduledTime) < 0) {
    const nextDay = day.add({ days: 1 }).startOfDay();
    const end = Temporal.ZonedDateTime.compare(nextDay, scheduledTime) < 0 ? nextDay : scheduledTime;
    await aws.clock.moveTo(end.epochMilliseconds);
    onMonth(day.toPlainDate().toPlainYearMonth().toString());
    await setImmediate();
    const logStreamName = `${day.toPlainDate().toString().replaceAll('-', '/')}/[$LATEST]5f1c`;
    for (const logGroupName of logGroupNames) {
      const logEvents = eventsBetween(day.epochMilliseconds, end.epochMilliseconds - 1, logGroupName);
      await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      put.push(...logEvents.map(({ timestamp }) => ({ logGroupName, timestamp })));
    }
    day = nextDay;
  }
  return put;
}

function eventsBetween(first: number, last: number, logGroupName: string): LogEvent[] {
  const hasStackTraces = logGroupName === IMPORTED.withStackTraces;
  return Array.from({ length: EVENTS_A_DAY }, (_, number) => ({
    timestamp: first + Math.floor(((last - first) * number) / (EVENTS_A_DAY - 1)),
    message:
      hasStackTraces && number % 5 === 0
        ? `ERROR card declined\n    at charge (checkout.js:${10 + number}:7)\n    at handler (checkout.js:3:1)`
        : `INFO ${logGroupName} took ${number} ms`,
  }));
}
