import type { ReportedItem } from '@log-archiver/core';

type Status = ReportedItem['status'];

/** A period that was split has a line for each part: it is archived when all of them are. */
const WORST_FIRST: Status[] = ['FAILED', 'PLANNED', 'ARCHIVED', 'SKIPPED'];

/** How many log groups and periods came to what. */
export type Tally = Record<Status, number>;

/** Counts log groups and periods, not lines. */
export function tallyOf(items: ReportedItem[]): Tally {
  const statuses = new Map<string, Status>();
  for (const { logGroupName, period, status } of items) {
    const key = `${period} ${logGroupName}`;
    statuses.set(key, worse(status, statuses.get(key) ?? status));
  }
  const tally: Tally = { ARCHIVED: 0, SKIPPED: 0, FAILED: 0, PLANNED: 0 };
  for (const status of statuses.values()) {
    tally[status] += 1;
  }
  return tally;
}

function worse(one: Status, other: Status): Status {
  return WORST_FIRST.indexOf(one) < WORST_FIRST.indexOf(other) ? one : other;
}
