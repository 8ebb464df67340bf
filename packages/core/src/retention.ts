import { DAY_MS } from './limits';

/** Returns the instant before which retention has removed everything; `-Infinity` without a retention. */
export function retainedFrom(retentionInDays: number | null, now: number): number {
  return retentionInDays === null ? Number.NEGATIVE_INFINITY : now - retentionInDays * DAY_MS;
}
