import type { Period } from '@log-archiver/core';
import { findDeadline } from '../deadline';
import { groupBy } from '../group-by';
import type { FoundLogGroup } from '../log-group';
import type { Block } from '../run-store';

/** Log groups of the same effective retention; `null`: their events never expire, or they do not exist. */
export interface RetentionClass<T> {
  retentionInDays: number | null;
  logGroups: T;
}

/** Groups log groups by their effective retention. Keeps their order. */
export function groupByRetention(logGroups: readonly FoundLogGroup[]): RetentionClass<FoundLogGroup[]>[] {
  const groups = groupBy(logGroups, ({ details }) => details?.retentionInDays ?? null);
  return [...groups].map(([retentionInDays, ofRetention]) => ({ retentionInDays, logGroups: ofRetention }));
}

/**
 * Orders log groups and periods by their deadlines: when retention removes the first event. Then by age.
 *
 * The deadline depends only on the retention and the period, so all log groups of a retention form one block per period.
 */
export function orderByDeadline(periods: readonly Period[], classes: readonly RetentionClass<string[]>[]): Block[] {
  return classes
    .flatMap(({ retentionInDays, logGroups }) =>
      periods.map((period) => ({ deadline: findDeadline(period, retentionInDays), period, logGroupFiles: logGroups })),
    )
    .sort((a, b) => compare(a.deadline, b.deadline) || compare(a.period.from, b.period.from))
    .map(({ period, logGroupFiles }) => ({ period, logGroupFiles }));
}

/** Compares two instants, of which both can be `Infinity`. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
