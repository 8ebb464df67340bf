import type { LogGroupProperties } from './contract';
import { DAY_MS } from './limits';

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
