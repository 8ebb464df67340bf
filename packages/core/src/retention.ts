const DAY = 24 * 3_600_000;

/**
 * How much later than what is retained an export begins that was cut to it: what is retained ends a little later each
 * moment, and an item may have to wait for its turn.
 */
export const RETENTION_MARGIN = 3_600_000;

/** Before this instant a log group has nothing left; `-Infinity` when it keeps everything. */
export function retainedFrom(retentionInDays: number | null, now: number): number {
  return retentionInDays === null ? Number.NEGATIVE_INFINITY : now - retentionInDays * DAY;
}

/** How many days of what begins at `from` are gone; `null`: none. */
export function daysLost(from: number, retained: number): number | null {
  return retained > from ? Math.ceil((retained - from) / DAY) : null;
}
