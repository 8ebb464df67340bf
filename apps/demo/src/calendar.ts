import { type Period, parsePeriods } from '@log-archiver/core';
import { Granularity } from 'cdk-log-archiver';
import { Temporal } from 'temporal-polyfill';

/** Options that decide which periods are archived. */
export interface PeriodOptions {
  readonly timeZone: string;
  readonly granularity: Granularity;
  /** One period, or the first and the last of several. @default - the three that ended last */
  readonly period?: string;
}

/** Time of day at which the schedule fires. */
const SCHEDULED_TIME = '03:00';

/** Returns the last instant, at most `now`, at which the schedule fired and a new period had settled. */
export function findLastScheduledTime(now: number, timeZone: string, granularity: Granularity): Temporal.ZonedDateTime {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const [latest, onePeriod] =
    granularity === Granularity.MONTHLY
      ? [today.with({ day: 2 }).withPlainTime(SCHEDULED_TIME), { months: 1 }]
      : [today.withPlainTime(SCHEDULED_TIME), { days: 1 }];
  return Temporal.ZonedDateTime.compare(latest, today) <= 0 ? latest : latest.subtract(onePeriod);
}

/**
 * Returns a test of whether an instant is in one of the periods.
 *
 * It compares local dates, so that it does not share a mistake with the archiver, which computes boundaries.
 */
export function isInPeriods(periods: string[], timeZone: string): (timestamp: number) => boolean {
  const localDate = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (timestamp) => {
    const date = localDate.format(timestamp);
    return periods.some((period) => date.startsWith(period));
  };
}

/** Returns the time at which the schedule archives a period, or the last of several. */
export function getScheduledTime(periods: string, timeZone: string): Temporal.ZonedDateTime {
  const { to } = parsePeriods(periods, timeZone).at(-1) as Period;
  return Temporal.Instant.fromEpochMilliseconds(to + 1)
    .toZonedDateTimeISO(timeZone)
    .add({ days: 1 })
    .withPlainTime(SCHEDULED_TIME);
}

/** Returns the last ended period that contains one of the instants. */
export function findLastPeriod(
  timestamps: number[],
  now: number,
  timeZone: string,
  granularity: Granularity,
): string | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).startOfDay();
  const current = granularity === Granularity.MONTHLY ? today.with({ day: 1 }).startOfDay() : today;
  const last = timestamps
    .filter((timestamp) => timestamp < current.epochMilliseconds)
    .reduce((one, other) => Math.max(one, other), -1);
  if (last === -1) {
    return undefined;
  }
  const date = Temporal.Instant.fromEpochMilliseconds(last).toZonedDateTimeISO(timeZone).toPlainDate();
  return granularity === Granularity.MONTHLY ? date.toPlainYearMonth().toString() : date.toString();
}
