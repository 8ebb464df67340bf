import { Temporal } from 'temporal-polyfill';
import { InvalidArchiveRequest, show } from './errors';

/**
 * Throws unless `timeZone` is a name of the IANA time zone database, with its exact spelling.
 *
 * EventBridge Scheduler accepts only these names.
 */
export function validateTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) {
    throw new InvalidArchiveRequest(
      `timeZone must be an IANA time zone such as 'Asia/Tokyo' or 'UTC', got ${show(timeZone)}`,
    );
  }
}

function isTimeZone(timeZone: string): boolean {
  // Offsets such as +09:00 are not names, and have no daylight saving time.
  if (!/^[A-Z]/.test(timeZone)) {
    return false;
  }
  try {
    // Intl accepts JST and other names that Temporal does not.
    return new Temporal.ZonedDateTime(0n, timeZone).timeZoneId === timeZone;
  } catch {
    return false;
  }
}
