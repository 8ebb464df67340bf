import { Temporal } from 'temporal-polyfill';
import { InvalidArchiveRequest } from './errors';

/** Throws unless `timeZone` is a name of the IANA time zone database, spelt as there: EventBridge Scheduler knows no other. */
export function validateTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) {
    throw new InvalidArchiveRequest(
      'timeZone',
      timeZone,
      "a time zone of the IANA database such as 'Asia/Tokyo' or 'UTC'",
    );
  }
}

function isTimeZone(timeZone: string): boolean {
  // Offsets such as +09:00 are no names, and have no daylight saving time.
  if (!/^[A-Z]/.test(timeZone)) {
    return false;
  }
  try {
    // Intl knows JST and other names that Temporal does not.
    return new Temporal.ZonedDateTime(0n, timeZone).timeZoneId === timeZone;
  } catch {
    return false;
  }
}
