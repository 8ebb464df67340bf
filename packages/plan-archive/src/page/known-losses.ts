import {
  createLoss,
  type Loss,
  mergeLosses,
  OLDEST_EVENT_MS,
  oldestEventOf,
  type Period,
  type Range,
} from '@log-archiver/core';
import type { FoundLogGroup, Incarnation } from '../log-group';

/** Classes of log groups that CloudWatch Logs cannot export. */
export const CLASSES_WITHOUT_EXPORT: readonly (string | undefined)[] = ['DELIVERY'];

type CreatedLogGroup = Pick<Incarnation, 'createdAt'>;

/**
 * Returns the start of an export, which is before the period if the log group was created in the period.
 *
 * AWS rejects a range that ends before the log group was created. Events that are older than the log group are therefore
 * exported with its first period.
 */
export function findStart({ from }: Pick<Period, 'from'>, createdAt: number): number {
  return createdAt >= from ? Math.min(from, createdAt - OLDEST_EVENT_MS) : from;
}

/** Returns the earlier log groups of the name that existed in the period, and whose events could be exported. */
export function findEarlier({ earlier }: Pick<FoundLogGroup, 'earlier'>, period: Range): Incarnation[] {
  return earlier.filter(
    ({ createdAt, lastSeen, logGroupClass }) =>
      createdAt <= period.to && lastSeen >= period.from && !CLASSES_WITHOUT_EXPORT.includes(logGroupClass),
  );
}

/**
 * Returns the losses of a period whose log group was deleted. The earlier ones of its name were deleted before.
 *
 * The range does not depend on when a run finds the log group deleted, so that no loss is reported twice.
 */
export function deletionLosses(period: Range, earlier: readonly CreatedLogGroup[], last: CreatedLogGroup): Loss[] {
  const deleted = createLoss('LogGroupDeleted', { from: oldestEventOf(period, last), to: period.to });
  return mergeLosses([...recreationLosses(period, earlier, last), deleted]);
}

/** Returns the losses of a period whose earlier log groups were deleted, before another one of the name was created. */
export function recreationLosses(
  period: Range,
  [first]: readonly CreatedLogGroup[],
  { createdAt }: CreatedLogGroup,
): Loss[] {
  const range = first && { from: oldestEventOf(period, first), to: Math.min(period.to, createdAt - 1) };
  return range ? [createLoss('LogGroupRecreated', range)] : [];
}
