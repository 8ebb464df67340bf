import type { ReportEntry } from './contract';

type Status = ReportEntry['status'];
type Entry = Pick<ReportEntry, 'logGroupName' | 'period' | 'status'>;

/** A split period has one entry per part and is as bad as its worst part. */
const WORST_FIRST: Status[] = ['FAILED', 'PLANNED', 'LOST', 'ARCHIVED', 'SKIPPED'];

/** Number of log groups × periods by status. */
export type StatusCounts = Record<Status, number>;

/** Counts log groups × periods by status, a split period once. */
export function countByStatus(entries: readonly Entry[]): StatusCounts {
  const counts: StatusCounts = { ARCHIVED: 0, SKIPPED: 0, FAILED: 0, LOST: 0, PLANNED: 0 };
  for (const { status } of mergeParts(entries)) {
    counts[status] += 1;
  }
  return counts;
}

/** Returns one entry per log group and period: of the parts of a split period, the first of the worst status. */
export function mergeParts<T extends Entry>(entries: readonly T[]): T[] {
  const merged = new Map<string, T>();
  for (const entry of entries) {
    const key = `${entry.period} ${entry.logGroupName}`;
    const other = merged.get(key);
    if (other === undefined || isWorse(entry.status, other.status)) {
      merged.set(key, entry);
    }
  }
  return [...merged.values()];
}

function isWorse(one: Status, other: Status): boolean {
  return WORST_FIRST.indexOf(one) < WORST_FIRST.indexOf(other);
}
