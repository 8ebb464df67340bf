import { DAY_MS, type Period } from '@log-archiver/core';

/** Returns the instant at which retention removes the first event of a period; `Infinity`: never. */
export function findDeadline({ from }: Pick<Period, 'from'>, retentionInDays: number | null): number {
  return retentionInDays === null ? Number.POSITIVE_INFINITY : from + retentionInDays * DAY_MS;
}
