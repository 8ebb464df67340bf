import { Temporal } from 'temporal-polyfill';
import type { Granularity } from './contract';
import { InvalidArchiveRequest, show } from './errors';
import { HOUR_MS } from './limits';
import type { Range } from './ranges';
import { validateTimeZone } from './time-zones';

/** A calendar month or day in one time zone, from its first to its last millisecond. */
export interface Period extends Range {
  /** `2026-10` or `2026-10-31`. */
  name: string;
}

/** Returns the period that is running at an instant. */
export function currentPeriod(time: number, timeZone: string, granularity: Granularity): Period {
  validateTimeZone(timeZone);
  validateGranularity(granularity);
  return periodAt(Temporal.Instant.fromEpochMilliseconds(time), timeZone, granularity);
}

/** Returns the last period that ended before or at `scheduledTime`. */
export function previousPeriod(scheduledTime: string, timeZone: string, granularity: Granularity): Period {
  validateTimeZone(timeZone);
  validateGranularity(granularity);
  const current = periodAt(parseInstant('scheduledTime', scheduledTime), timeZone, granularity);
  return periodAt(Temporal.Instant.fromEpochMilliseconds(current.from - 1), timeZone, granularity);
}

/** Returns the period of the same length before a period. */
export function periodBefore({ name, from }: Pick<Period, 'name' | 'from'>, timeZone: string): Period {
  return previousPeriod(toIsoTime(from), timeZone, name.length === 'YYYY-MM'.length ? 'MONTHLY' : 'DAILY');
}

/**
 * Returns the last `lookback` periods that ended at least `settleHours` before `scheduledTime`, oldest first.
 *
 * Earlier periods that end at `since` or later come before them.
 */
export function settledPeriods(
  scheduledTime: string,
  timeZone: string,
  granularity: Granularity,
  settleHours: number,
  lookback: number,
  since = Number.POSITIVE_INFINITY,
): Period[] {
  const settled = parseInstant('scheduledTime', scheduledTime).subtract({ hours: settleHours });
  const periods = [previousPeriod(settled.toString(), timeZone, granularity)];
  for (let first = periods[0] as Period; periods.length < lookback || first.from > since; ) {
    first = previousPeriod(toIsoTime(first.from), timeZone, granularity);
    periods.unshift(first);
  }
  return periods;
}

/** Parses `2026-10`, `2026-10-31`, or the first and the last of several periods: `2025-01/2025-12`. Oldest first. */
export function parsePeriods(names: string, timeZone: string): Period[] {
  const [first = '', last = first, ...more] = names.split('/');
  const periods = [parsePeriod(first, timeZone)];
  const { from: end } = parsePeriod(last, timeZone);
  const granularity = first.length === 'YYYY-MM'.length ? 'MONTHLY' : 'DAILY';
  if (more.length > 0 || first.length !== last.length || (periods[0] as Period).from > end) {
    throw new InvalidArchiveRequest(
      'period must be one period, or the first and the last of several of the same length such as "2025-01/2025-12", ' +
        `got ${show(names)}`,
    );
  }
  for (let { from, to } = periods[0] as Period; from < end; ) {
    const next = periodAt(Temporal.Instant.fromEpochMilliseconds(to + 1), timeZone, granularity);
    periods.push(next);
    ({ from, to } = next);
  }
  return periods;
}

/** Parses `2026-10` as a month and `2026-10-31` as a day. */
export function parsePeriod(name: string, timeZone: string): Period {
  validateTimeZone(timeZone);
  const granularity = /^\d{4}-\d{2}$/.test(name) ? 'MONTHLY' : 'DAILY';
  const start = parseDate(granularity === 'MONTHLY' ? `${name}-01` : name)?.toZonedDateTime(timeZone);
  const period = start && periodAt(start.toInstant(), timeZone, granularity);
  // The name differs if the day does not exist: a zone that crossed the date line skipped it.
  if (period?.name !== name) {
    throw new InvalidArchiveRequest(
      `period must be a month such as "2026-10" or a day such as "2026-10-31" of ${timeZone}, got ${show(name)}`,
    );
  }
  return period;
}

/** Splits a range into days of a time zone, or into hours, without a gap or an overlap. */
export function splitIntoParts({ from, to }: Range, timeZone: string, part: 'DAY' | 'HOUR'): Range[] {
  const parts: Range[] = [];
  for (let start = from; start <= to; ) {
    const end =
      part === 'DAY'
        ? periodAt(Temporal.Instant.fromEpochMilliseconds(start), timeZone, 'DAILY').to
        : start + HOUR_MS - 1;
    parts.push({ from: start, to: Math.min(end, to) });
    start = end + 1;
  }
  return parts;
}

/** Parses an instant in ISO 8601. It must have a zone: without one it is another instant on each machine. */
export function parseInstant(field: string, value: string): Temporal.Instant {
  try {
    const instant = Temporal.Instant.from(value);
    if (/^\d{4}-?\d{2}/.test(value) && instant.epochMilliseconds >= 0) {
      return instant;
    }
  } catch {
    // The error below covers this case.
  }
  throw new InvalidArchiveRequest(
    `${field} must be an ISO 8601 instant with a zone such as "2026-11-02T03:00:00Z", got ${show(value)}`,
  );
}

/** Formats milliseconds since the epoch as ISO 8601 in UTC. */
export function toIsoTime(time: number): string {
  return new Date(time).toISOString();
}

/** Throws unless `granularity` is `MONTHLY` or `DAILY`. */
export function validateGranularity(granularity: string): void {
  if (granularity !== 'MONTHLY' && granularity !== 'DAILY') {
    throw new InvalidArchiveRequest(`granularity must be MONTHLY or DAILY, got ${show(granularity)}`);
  }
}

function periodAt(instant: Temporal.Instant, timeZone: string, granularity: Granularity): Period {
  const date = instant.toZonedDateTimeISO(timeZone).toPlainDate();
  const start = granularity === 'MONTHLY' ? date.with({ day: 1 }) : date;
  const end = start.add(granularity === 'MONTHLY' ? { months: 1 } : { days: 1 });
  return {
    name: granularity === 'MONTHLY' ? start.toPlainYearMonth().toString() : start.toString(),
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
