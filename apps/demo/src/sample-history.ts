import { setImmediate } from 'node:timers/promises';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Period } from '@log-archiver/core';
import type { LocalAws, LogEvent } from '@log-archiver/local-aws';
import { Temporal } from 'temporal-polyfill';
import { findLastScheduledTime, type PeriodOptions } from './calendar';
import type { History, PutEvent } from './history';

const MONTHS = 3;
const EVENTS_PER_DAY = 24;

/** Log groups that the sample's stack imports. The last one does not exist. */
const IMPORTED = {
  withStackTraces: '/aws/lambda/checkout',
  empty: '/aws/lambda/nightly-report',
  missing: '/aws/lambda/retired',
};

/** Creates three months of events, up to the last time at which the schedule fired. */
export function createSampleHistory(options: PeriodOptions, now: number): History {
  const { start, scheduledTime } = computeSampleRange(options, now);
  return {
    imported: Object.values(IMPORTED),
    startsAt: start.epochMilliseconds,
    scheduledTime,
    write: (aws, logGroupNames, onMonth) => writeEveryDay(aws, logGroupNames, start, scheduledTime, onMonth),
  };
}

/**
 * Writes the events day by day, because CloudWatch Logs rejects events that are older than 14 days.
 *
 * Every day has an event in its first and in its last millisecond, to find off-by-one mistakes.
 */
async function writeEveryDay(
  aws: LocalAws,
  targetNames: string[],
  start: Temporal.ZonedDateTime,
  scheduledTime: Temporal.ZonedDateTime,
  onMonth: (month: string) => void,
): Promise<PutEvent[]> {
  const client = new CloudWatchLogsClient(aws.clientConfig);
  for (const logGroupName of [IMPORTED.withStackTraces, IMPORTED.empty]) {
    await client.send(new CreateLogGroupCommand({ logGroupName }));
  }
  const logGroupNames = targetNames.filter((name) => name !== IMPORTED.empty && name !== IMPORTED.missing);
  const put: PutEvent[] = [];
  let day = start;
  while (Temporal.ZonedDateTime.compare(day, scheduledTime) < 0) {
    const nextDay = day.add({ days: 1 }).startOfDay();
    const end = Temporal.ZonedDateTime.compare(nextDay, scheduledTime) < 0 ? nextDay : scheduledTime;
    await aws.clock.moveTo(end.epochMilliseconds);
    onMonth(day.toPlainDate().toPlainYearMonth().toString());
    await setImmediate();
    const logStreamName = `${day.toPlainDate().toString().replaceAll('-', '/')}/[$LATEST]5f1c`;
    for (const logGroupName of logGroupNames) {
      const logEvents = createEvents(day.epochMilliseconds, end.epochMilliseconds - 1, logGroupName);
      await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      // A batch may span at most 24 hours. A day on which the clocks go back is longer.
      for (const batch of [logEvents.slice(0, EVENTS_PER_DAY / 2), logEvents.slice(EVENTS_PER_DAY / 2)]) {
        await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: batch }));
      }
      put.push(...logEvents.map(({ timestamp }) => ({ logGroupName, timestamp })));
    }
    day = nextDay;
  }
  return put;
}

function createEvents(first: number, last: number, logGroupName: string): LogEvent[] {
  const hasStackTraces = logGroupName === IMPORTED.withStackTraces;
  return Array.from({ length: EVENTS_PER_DAY }, (_, number) => ({
    timestamp: first + Math.floor(((last - first) * number) / (EVENTS_PER_DAY - 1)),
    message:
      hasStackTraces && number % 5 === 0
        ? `ERROR card declined\n    at charge (checkout.js:${10 + number}:7)\n    at handler (checkout.js:3:1)`
        : `INFO ${logGroupName} took ${number} ms`,
  }));
}

/** Validates that the sample has logs of all periods, from their first to their last millisecond. */
export function validateSamplePeriods(periods: Period[], options: PeriodOptions, now: number) {
  const { start, scheduledTime } = computeSampleRange(options, now);
  const isCovered = ({ from, to }: Period) => from >= start.epochMilliseconds && to < scheduledTime.epochMilliseconds;
  const other = periods.find((period) => !isCovered(period));
  if (other) {
    const range = [start, scheduledTime].map((time) => time.toPlainDateTime()).join(' to ');
    throw new Error(
      `period must be within the generated logs, which are from ${range} (${options.timeZone}), got "${other.name}"`,
    );
  }
}

function computeSampleRange({ timeZone, granularity }: PeriodOptions, now: number) {
  const scheduledTime = findLastScheduledTime(now, timeZone, granularity);
  return { start: scheduledTime.with({ day: 1 }).startOfDay().subtract({ months: MONTHS }), scheduledTime };
}
