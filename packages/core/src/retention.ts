import type { Granularity, LogGroupProperties } from './contract';
import { DAY_MS, LONGEST_PERIOD_DAYS } from './limits';

/** Days for which a log group must retain events, and their parts. */
export interface NeededRetention {
  readonly days: number;
  readonly periodDays: number;
  readonly settleDays: number;
  readonly marginDays: number;
}

/** Up to one day until the schedule starts a run, and one day until the next run, if the first one is late or fails. */
const MARGIN_DAYS = 2;

/** Returns the retention with which a run can be late, or fail once, before events of the longest period are lost. */
export function findNeededRetention(granularity: Granularity, settleHours: number): NeededRetention {
  const periodDays = LONGEST_PERIOD_DAYS[granularity];
  const settleDays = Math.ceil(settleHours / 24);
  return { days: periodDays + settleDays + MARGIN_DAYS, periodDays, settleDays, marginDays: MARGIN_DAYS };
}

/** Returns the instant before which retention has removed everything; `-Infinity` without a retention. */
export function retainedFrom(retentionInDays: number | null, now: number): number {
  return retentionInDays === null ? Number.NEGATIVE_INFINITY : now - retentionInDays * DAY_MS;
}

/** Returns the instant before which today's retention, or an earlier and shorter one, has removed everything. */
export function oldestRetained(
  { retentionInDays, removedBefore }: Pick<LogGroupProperties, 'retentionInDays' | 'removedBefore'>,
  now: number,
): number {
  return Math.max(retainedFrom(retentionInDays, now), removedBefore ?? Number.NEGATIVE_INFINITY);
}
