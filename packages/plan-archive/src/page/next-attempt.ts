import {
  type ArchiveItem,
  type ArchiveOutcome,
  countLostDays,
  RETENTION_MARGIN_MS,
  type ReportEntry,
  retainedFrom,
} from '@log-archiver/core';
import { reportItem } from '../report-entry';

/** What comes after an item: it is tried again, or in parts, or it is over. */
export type FollowUp =
  | { readonly again: ArchiveItem }
  | { readonly splitInto: 'DAY' | 'HOUR' }
  | { readonly reported: ReportEntry };

/** What comes after an item of which an outcome is known; without one, its execution died. */
export function followUp(
  item: ArchiveItem,
  outcome: ArchiveOutcome | undefined,
  { now, isSlotTimeLeft }: { now: number; isSlotTimeLeft: boolean },
): FollowUp {
  if (outcome === undefined) {
    return { reported: reportItem(item, { status: 'FAILED', error: 'NoOutcome' }) };
  }
  const error = outcome.status === 'FAILED' ? outcome.error : null;
  const splitInto = error === 'ExportTaskGivenUp' ? nextSmallerPart(item) : null;
  if (splitInto) {
    return { splitInto };
  }
  const changes = item.attempt === 1 ? secondAttempt(item, { ...outcome, error }, now, isSlotTimeLeft) : null;
  return changes ? { again: { ...item, ...changes, attempt: 2 } } : { reported: reportItem(item, outcome) };
}

/** A task that AWS gave up after a day would be given up again: an hour is the least that is tried. */
function nextSmallerPart({ part, period }: ArchiveItem): 'DAY' | 'HOUR' | null {
  if (part === null) {
    return period.length === 'YYYY-MM'.length ? 'DAY' : 'HOUR';
  }
  return part === 'DAY' ? 'HOUR' : null;
}

/** What is other than at the first attempt; `null`: there is no second one. */
function secondAttempt(
  item: ArchiveItem,
  { error, taskId }: Pick<ArchiveOutcome, 'error' | 'taskId'>,
  now: number,
  isSlotTimeLeft: boolean,
): Partial<ArchiveItem> | null {
  switch (error) {
    case 'FAILED':
      return {};
    case 'ArchiveEmpty':
      // The task that wrote nothing is COMPLETED, and would be taken for this one's.
      return { adoptAfter: now };
    case 'ExportSlotUnavailable':
      // The deadline is set for a whole page, whose own exports may have taken until then.
      return isSlotTimeLeft ? {} : null;
    case 'InvalidParameterException':
      // If there is a task, it was not its range that AWS refused.
      return taskId === null ? cutToRetention(item, now) : null;
    default:
      return null;
  }
}

/** AWS may refuse a range that begins before what is retained. */
function cutToRetention(item: ArchiveItem, now: number): Partial<ArchiveItem> | null {
  const retained = retainedFrom(item.retentionInDays, now) + RETENTION_MARGIN_MS;
  return item.from < retained && retained <= item.to
    ? { from: retained, daysLost: countLostDays(item.periodFrom, retained) }
    : null;
}
