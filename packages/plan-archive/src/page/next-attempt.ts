import {
  type ArchiveOutcome,
  countLostDays,
  RETENTION_MARGIN_MS,
  type ReportEntry,
  retainedFrom,
} from '@log-archiver/core';
import { reportItem } from '../report-entry';
import type { PlannedItem } from '../run-store';

/** Decision about an item after its outcome: a second attempt, a split into parts, or its entry. */
export type NextAttempt =
  | { readonly retry: PlannedItem }
  | { readonly splitInto: 'DAY' | 'HOUR' }
  | { readonly entry: ReportEntry };

/** Decides whether an item is exported again, in whole or in parts. Without an outcome, its child execution crashed. */
export function nextAttempt(
  item: PlannedItem,
  outcome: ArchiveOutcome | undefined,
  { now, slotTimeLeft }: { now: number; slotTimeLeft: number },
): NextAttempt {
  if (outcome === undefined) {
    return { entry: reportItem(item, { status: 'FAILED', error: 'NoOutcome' }) };
  }
  const error = outcome.status === 'FAILED' ? outcome.error : null;
  const splitInto = error === 'ExportTaskGivenUp' ? findSmallerPart(item) : null;
  if (splitInto) {
    return { splitInto };
  }
  const changes = item.attempt === 1 ? planSecondAttempt(item, { ...outcome, error }, now, slotTimeLeft) : null;
  return changes ? { retry: { ...item, ...changes, attempt: 2 } } : { entry: reportItem(item, outcome) };
}

/** Returns the next smaller part. AWS would give up the same range again after a day. An hour is the smallest part. */
function findSmallerPart({ part, period }: PlannedItem): 'DAY' | 'HOUR' | null {
  if (part === null) {
    return period.length === 'YYYY-MM'.length ? 'DAY' : 'HOUR';
  }
  return part === 'DAY' ? 'HOUR' : null;
}

/** Returns what differs from the first attempt; `null`: there is no second attempt. */
function planSecondAttempt(
  item: PlannedItem,
  { error, taskId }: Pick<ArchiveOutcome, 'error' | 'taskId'>,
  now: number,
  slotTimeLeft: number,
): Partial<PlannedItem> | null {
  switch (error) {
    case 'FAILED':
      return {};
    case 'ArchiveEmpty':
      // The task that wrote nothing is COMPLETED, and would be adopted by the second attempt.
      return { adoptAfter: now };
    case 'ExportSlotUnavailable':
      // The deadline is set for a whole page, whose own exports may have taken until then.
      return slotTimeLeft > 0 ? {} : null;
    case 'InvalidParameterException':
      // If there is a task, AWS did not reject its range.
      return taskId === null ? cutToRetention(item, now) : null;
    default:
      return null;
  }
}

/** Cuts an item to what is retained: AWS may reject a range that begins before that. */
function cutToRetention(item: PlannedItem, now: number): Partial<PlannedItem> | null {
  const retained = retainedFrom(item.retentionInDays, now) + RETENTION_MARGIN_MS;
  return item.from < retained && retained <= item.to
    ? { from: retained, daysLost: countLostDays(item.periodFrom, retained) }
    : null;
}
