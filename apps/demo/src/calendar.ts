import { periodNamed } from '@log-archiver/core';
import { Frequency } from 'cdk-log-archiver';
import { Temporal } from 'temporal-polyfill';

/** The last instant at or before `now` at which the schedule of an archiver fires. */
export function lastScheduledTime(now: number, timeZone: string, frequency: Frequency): Temporal.ZonedDateTime {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const [thisTime, aPeriod] =
    frequency === Frequency.MONTHLY
      ? [today.with({ day: 2 }).withPlainTime('03:00'), { months: 1 }]
      : [today.withPlainTime('13:00'), { days: 1 }];
  return Temporal.ZonedDateTime.compare(thisTime, today) <= 0 ? thisTime : thisTime.subtract(aPeriod);
}

/** The name of the period before an instant: `2026-10` or `2026-10-31`. */
export function lastPeriod(scheduledTime: Temporal.ZonedDateTime, frequency: Frequency): string {
  const date = scheduledTime.toPlainDate();
  return frequency === Frequency.MONTHLY
    ? date.toPlainYearMonth().subtract({ months: 1 }).toString()
    : date.subtract({ days: 1 }).toString();
}

/**
 * Tells whether an instant is in a period, by the date that a clock on the wall shows: on purpose not the way in which
 * the archiver finds the boundaries.
 */
export function isInPeriod(period: string, timeZone: string): (timestamp: number) => boolean {
  const wallClock = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (timestamp) => wallClock.format(timestamp).startsWith(period);
}

/** When the schedule fires for a period. */
export function scheduledTimeOf(period: string, timeZone: string): Temporal.ZonedDateTime {
  const end = Temporal.Instant.fromEpochMilliseconds(periodNamed(period, timeZone).to + 1).toZonedDateTimeISO(timeZone);
  return /^\d{4}-\d{2}$/.test(period) ? end.with({ day: 2 }).withPlainTime('03:00') : end.withPlainTime('13:00');
}

/** The last period that has ended and has one of these instants in it. */
export function lastPeriodWith(
  timestamps: number[],
  now: number,
  timeZone: string,
  frequency: Frequency,
): string | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).startOfDay();
  const current = frequency === Frequency.MONTHLY ? today.with({ day: 1 }).startOfDay() : today;
  const last = timestamps.filter((timestamp) => timestamp < current.epochMilliseconds).reduce(latest, -1);
  if (last === -1) {
    return undefined;
  }
  const date = Temporal.Instant.fromEpochMilliseconds(last).toZonedDateTimeISO(timeZone).toPlainDate();
  return frequency === Frequency.MONTHLY ? date.toPlainYearMonth().toString() : date.toString();
}

function latest(one: number, other: number): number {
  return Math.max(one, other);
}
