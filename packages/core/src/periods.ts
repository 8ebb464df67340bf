import { Temporal } from 'temporal-polyfill';
import type { Frequency } from './contract';
import { InvalidArchiveRequest } from './errors';
import { validateTimeZone } from './time-zones';

const HOUR = 3_600_000;

/**
 * "Log data can take up to 12 hours to become available for export."
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html
 */
export const UNTIL_EXPORTABLE = 12 * HOUR;

/** A calendar month or day in one time zone. */
export interface Period {
  /** `2026-10` or `2026-10-31`. */
  name: string;
  /** The first millisecond, since the epoch. */
  from: number;
  /** The last millisecond, since the epoch. CloudWatch Logs leaves out what is later than `to`. */
  to: number;
}

/** The period that ended last before `scheduledTime`, or at it. */
export function periodBefore(scheduledTime: string, timeZone: string, frequency: Frequency): Period {
  validateTimeZone(timeZone);
  validateFrequency(frequency);
  const current = periodAt(parseInstant('scheduledTime', scheduledTime), timeZone, frequency);
  return periodAt(Temporal.Instant.fromEpochMilliseconds(current.from - 1), timeZone, frequency);
}

/**
 * The `lookback` periods that ended last, oldest first, each at least `settleHours` before `scheduledTime`; and those before
 * them that end at `since` or later.
 */
export function settledPeriods(
  scheduledTime: string,
  timeZone: string,
  frequency: Frequency,
  settleHours: number,
  lookback: number,
  since = Number.POSITIVE_INFINITY,
): Period[] {
  const settled = parseInstant('scheduledTime', scheduledTime).subtract({ hours: settleHours });
  const periods = [periodBefore(settled.toString(), timeZone, frequency)];
  for (let first = periods[0] as Period; periods.length < lookback || first.from > since; ) {
    first = periodBefore(isoTime(first.from), timeZone, frequency);
    periods.unshift(first);
  }
  return periods;
}

/** The periods called `2026-10` or `2026-10-31`, or by the first and the last of several: `2025-01/2025-12`. Oldest first. */
export function periodsNamed(names: string, timeZone: string): Period[] {
  const [first = '', last = first, ...more] = names.split('/');
  const periods = [periodNamed(first, timeZone)];
  const { from: end } = periodNamed(last, timeZone);
  const frequency = first.length === 'YYYY-MM'.length ? 'MONTHLY' : 'DAILY';
  if (more.length > 0 || first.length !== last.length || (periods[0] as Period).from > end) {
    throw new InvalidArchiveRequest(
      'period',
      names,
      'one period or the first and the last of several of the same length, such as "2025-01/2025-12"',
    );
  }
  for (let { from, to } = periods[0] as Period; from < end; ) {
    const next = periodAt(Temporal.Instant.fromEpochMilliseconds(to + 1), timeZone, frequency);
    periods.push(next);
    ({ from, to } = next);
  }
  return periods;
}

/** A range cut into the days of a time zone or into hours, without a gap and without overlap. */
export function partsOf({ from, to }: Pick<Period, 'from' | 'to'>, timeZone: string, part: 'DAY' | 'HOUR') {
  const parts: Pick<Period, 'from' | 'to'>[] = [];
  for (let start = from; start <= to; ) {
    const end =
      part === 'DAY' ? periodAt(Temporal.Instant.fromEpochMilliseconds(start), timeZone, 'DAILY').to : start + HOUR - 1;
    parts.push({ from: start, to: Math.min(end, to) });
    start = end + 1;
  }
  return parts;
}

/** The period called `2026-10` or `2026-10-31`: its form decides its length. */
export function periodNamed(name: string, timeZone: string): Period {
  validateTimeZone(timeZone);
  const frequency = /^\d{4}-\d{2}$/.test(name) ? 'MONTHLY' : 'DAILY';
  const start = parseDate(frequency === 'MONTHLY' ? `${name}-01` : name)?.toZonedDateTime(timeZone);
  const period = start && periodAt(start.toInstant(), timeZone, frequency);
  // Another name: where a zone crossed the date line, a day is missing.
  if (period?.name !== name) {
    throw new InvalidArchiveRequest(
      'period',
      name,
      `a month such as "2026-10" or a day such as "2026-10-31" of ${timeZone}`,
    );
  }
  return period;
}

/** An instant in ISO 8601, with a zone: without one it would mean another instant on every machine. */
export function parseInstant(field: string, value: string): Temporal.Instant {
  try {
    const instant = Temporal.Instant.from(value);
    if (/^\d{4}-?\d{2}/.test(value) && instant.epochMilliseconds >= 0) {
      return instant;
    }
  } catch {
    // Said below.
  }
  throw new InvalidArchiveRequest(field, value, 'an instant in ISO 8601 with a zone such as "2026-11-02T03:00:00Z"');
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}

function periodAt(instant: Temporal.Instant, timeZone: string, frequency: Frequency): Period {
  const date = instant.toZonedDateTimeISO(timeZone).toPlainDate();
  const start = frequency === 'MONTHLY' ? date.with({ day: 1 }) : date;
  const end = start.add(frequency === 'MONTHLY' ? { months: 1 } : { days: 1 });
  return {
    name: frequency === 'MONTHLY' ? start.toPlainYearMonth().toString() : start.toString(),
    from: start.toZonedDateTime(timeZone).epochMilliseconds,
    to: end.toZonedDateTime(timeZone).epochMilliseconds - 1,
  };
}

function parseDate(date: string): Temporal.PlainDate | undefined {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(date) ? Temporal.PlainDate.from(date) : undefined;
  } catch {
    return undefined;
  }
}

/** Throws unless `frequency` is one. */
export function validateFrequency(frequency: string): void {
  if (frequency !== 'MONTHLY' && frequency !== 'DAILY') {
    throw new InvalidArchiveRequest('frequency', frequency, 'MONTHLY or DAILY');
  }
}
