import { validateTimeZone } from '@log-archiver/core';
import { Temporal } from 'temporal-polyfill';
import { UserError } from '../errors';
import { showValue } from './show-value';

const TIME = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(?<zone>Z|[+-]\d\d:\d\d)?)?$/;

/** Parses a date, or a date and time, of a time zone unless the time has its own. Returns milliseconds since the epoch. */
export function parseTime(name: string, value: string, timeZone: string): number {
  const match = TIME.exec(value);
  try {
    if (match) {
      return match.groups?.zone === undefined
        ? Temporal.PlainDateTime.from(value, { overflow: 'reject' }).toZonedDateTime(timeZone).epochMilliseconds
        : Temporal.Instant.from(value).epochMilliseconds;
    }
  } catch {
    // The error below covers this case.
  }
  throw new UserError(
    `${name} must be a date such as "2026-03-14" or a time such as "2026-03-14T09:30" or "2026-03-14T09:30Z", ` +
      `got ${showValue(value)}`,
  );
}

/** Throws unless the value is the name of a time zone. */
export function parseTimeZone(value: string): string {
  try {
    validateTimeZone(value);
    return value;
  } catch {
    throw new UserError(`--time-zone must be an IANA time zone such as "Asia/Tokyo", got ${showValue(value)}`);
  }
}
