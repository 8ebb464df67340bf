import { Temporal } from 'temporal-polyfill';

/** Day of the month and time of day (UTC) at which the schedule of an `ArchiveVerifier` fires. */
const SCHEDULED_DAY = 8;
const SCHEDULED_TIME = '06:00';

/** Returns the last two instants, at most `now`, at which the schedule of the verifier fired. */
export function findVerificationTimes(now: number): [first: Temporal.ZonedDateTime, second: Temporal.ZonedDateTime] {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC');
  const ofMonth = today.with({ day: SCHEDULED_DAY }).withPlainTime(SCHEDULED_TIME);
  const second = Temporal.ZonedDateTime.compare(ofMonth, today) <= 0 ? ofMonth : ofMonth.subtract({ months: 1 });
  return [second.subtract({ months: 1 }), second];
}
