import {
  type ArchiveOutcome,
  createLoss,
  mergeLosses,
  oldestEventOf,
  RETENTION_MARGIN_MS,
  type ReportEntry,
  retainedFrom,
} from '@log-archiver/core';
import { reportItem } from '../report-entry';
import type { PlannedItem } from '../run-store';
import { readCause } from './cause';
import { deletionLosses } from './known-losses';

/** Decision about an item after its outcome: a second attempt, a split into parts, or its entry. */
export type NextAttempt =
  | { readonly retry: PlannedItem }
  | { readonly splitInto: 'DAY' | 'HOUR' }
  | { readonly entry: ReportEntry };

/**
 * Decides whether an item is exported again, in whole or in parts.
 *
 * Without an outcome, its child execution crashed. `crash` describes how the child executions of the page crashed.
 */
export function nextAttempt(
  item: PlannedItem,
  outcome: ArchiveOutcome | undefined,
  { now, slotTimeLeft, crash }: { now: number; slotTimeLeft: number; crash: string },
): NextAttempt {
  if (outcome === undefined) {
    return { entry: reportItem(item, { status: 'FAILED', error: 'NoOutcome', cause: crash }) };
  }
  if (outcome.error === 'LogGroupNotFound') {
    return { entry: reportDeleted(item, outcome) };
  }
  const error = outcome.status === 'FAILED' ? outcome.error : null;
  const splitInto = error === 'ExportTaskGivenUp' ? findSmallerPart(item) : null;
  if (splitInto) {
    return { splitInto };
  }
  const changes =
    item.attempt === 1
      ? planSecondAttempt(item, { ...outcome, error }, now, slotTimeLeft)
      : cutRejected(item, { ...outcome, error }, now);
  if (changes) {
    return { retry: { ...item, ...changes, attempt: 2 } };
  }
  const { status, taskId, destinationPrefix, leftover } = outcome;
  const cause = readCause(outcome);
  return { entry: reportItem(item, { status, error: outcome.error, cause, taskId, destinationPrefix, leftover }) };
}

/** Returns the next smaller part. AWS would give up the same range again after a day. An hour is the smallest part. */
export function findSmallerPart({ part, period }: Pick<PlannedItem, 'part' | 'period'>): 'DAY' | 'HOUR' | null {
  if (part === null) {
    return period.length === 'YYYY-MM'.length ? 'DAY' : 'HOUR';
  }
  return part === 'DAY' ? 'HOUR' : null;
}

/**
 * Creates the entry of an item whose log group was deleted during the run.
 *
 * The whole period is lost, even if only a part of it was exported: without the other parts, it gets no receipt.
 */
function reportDeleted(item: PlannedItem, { taskId, destinationPrefix, leftover }: ArchiveOutcome): ReportEntry {
  const period = { from: item.periodFrom, to: item.periodTo };
  const recreated = item.losses.filter(({ cause }) => cause === 'LogGroupRecreated');
  return reportItem(item, {
    status: 'LOST',
    error: 'LogGroupDeleted',
    losses: mergeLosses([...recreated, ...deletionLosses(period, [], item.logGroup)]),
    taskId,
    destinationPrefix,
    leftover,
  });
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
    case 'ArchivePartial':
      // The task is COMPLETED, and would be adopted by the second attempt.
      return { adoptAfter: now };
    case 'ExportSlotUnavailable':
      // The deadline is set for a whole page, whose own exports may have taken until then.
      return slotTimeLeft > 0 ? {} : null;
    default:
      return cutRejected(item, { error, taskId }, now);
  }
}

/**
 * Cuts an item whose range AWS rejected, once, also after its second attempt.
 *
 * The first attempt may have adopted a task of an earlier run, so that only the second one found out.
 */
function cutRejected(
  item: PlannedItem,
  { error, taskId }: Pick<ArchiveOutcome, 'error' | 'taskId'>,
  now: number,
): Partial<PlannedItem> | null {
  // If there is a task, AWS did not reject its range.
  const isRejected = error === 'InvalidParameterException' && taskId === null;
  const isCut = item.losses.some(({ cause, to }) => cause === 'RetentionExpired' && Date.parse(to) === item.from - 1);
  return isRejected && !isCut ? cutToRetention(item, now) : null;
}

/** Cuts an item to what is retained: AWS may reject a range that begins before that. */
function cutToRetention(item: PlannedItem, now: number): Partial<PlannedItem> | null {
  const retained = retainedFrom(item.logGroup.retentionInDays, now) + RETENTION_MARGIN_MS;
  if (item.from >= retained || retained > item.to) {
    return null;
  }
  const from = oldestEventOf({ from: item.periodFrom }, item.logGroup);
  const expired = createLoss('RetentionExpired', { from, to: retained - 1 });
  return { from: retained, losses: mergeLosses([...item.losses, expired]) };
}
