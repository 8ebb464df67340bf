import { DAY_MS } from './limits';

/** Returns the instant before which retention has removed everything; `-Infinity` without a retention. */
export function retainedFrom(retentionInDays: number | null, now: number): number {
  return retentionInDays === null ? Number.NEGATIVE_INFINITY : now - retentionInDays * DAY_MS;
}

/** Returns the number of days between `from` and the start of what is retained; `null`: none. */
export function countLostDays(from: number, retained: number): number | null {
  return retained > from ? Math.ceil((retained - from) / DAY_MS) : null;
}
