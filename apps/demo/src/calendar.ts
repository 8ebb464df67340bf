import { type Period, parsePeriods } from '@log-archiver/core';
import { Granularity } from 'cdk-log-archiver';
import { Temporal } from 'temporal-polyfill';

/** When the schedule fires, every day. */
const HOUR = '03:00';

/** The last instant at or before `now` at which the schedule of an archiver fired, and found a new period to archive. */
export function lastScheduledTime(now: number, timeZone: string, granularity: Granularity): Temporal.ZonedDateTime {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const [thisTime, aPeriod] =
    granularity === Granularity.MONTHLY
      ? [today.with({ day: 2 }).withPlainTime(HOUR), { months: 1 }]
      : [today.withPlainTime(HOUR), { days: 1 }];
  return Temporal.ZonedDateTime.compare(thisTime, today) <= 0 ? thisTime : thisTime.subtract(aPeriod);
}

/**
 * Tells whether an instant is in one of these periods, by the date that a clock on the wall shows: on purpose not the way
 * in which the archiver finds the boundaries.
 */
export function isInPeriods(periods: string[], timeZone: string): (timestamp: number) => boolean {
  const wallClock = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (timestamp) => {
    const date = wallClock.format(timestamp);
    return periods.some((period) => date.startsWith(period));
  };
}

/** When the schedule fires for a period, or for the last of several. */
export function scheduledTimeOf(periods: string, timeZone: string): Temporal.ZonedDateTime {
  const { to } = parsePeriods(periods, timeZone).at(-1) as Period;
  return Temporal.Instant.fromEpochMilliseconds(to + 1)
    .toZonedDateTimeISO(timeZone)
    .add({ days: 1 })
    .withPlainTime(HOUR);
}

/** The last period that has ended and has one of these instants in it. */
export function lastPeriodWith(
  timestamps: number[],
  now: number,
  timeZone: string,
  granularity: Granularity,
): string | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).startOfDay();
  const current = granularity === Granularity.MONTHLY ? today.with({ day: 1 }).startOfDay() : today;
  const last = timestamps.filter((timestamp) => timestamp < current.epochMilliseconds).reduce(latest, -1);
  if (last === -1) {
    return undefined;
  }
  const date = Temporal.Instant.fromEpochMilliseconds(last).toZonedDateTimeISO(timeZone).toPlainDate();
  return granularity === Granularity.MONTHLY ? date.toPlainYearMonth().toString() : date.toString();
}

function latest(one: number, other: number): number {
  return Math.max(one, other);
}
