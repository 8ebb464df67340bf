import type { ExportTask } from '@log-archiver/aws-clients/export-tasks';
import {
  type ArchiveItem,
  type ArchiveOutcome,
  type OrphanedTask,
  type ReportEntry,
  truncate,
} from '@log-archiver/core';
import type { PlannedItem } from '../run-store';
import { nextAttempt } from './next-attempt';
import { addLostTaskId, findItemTasks, findOrphanedTasks } from './orphaned-tasks';

/** Result of a page. */
export interface AppliedOutcomes {
  /** Items to export again, in whole or split, in the order of the page. */
  next: (Retry | Split)[];
  /** Entries of the items that have ended. */
  entries: ReportEntry[];
  orphans: OrphanedTask[];
}

interface Retry {
  readonly retry: PlannedItem;
}

interface Split {
  readonly split: PlannedItem;
  readonly into: 'DAY' | 'HOUR';
}

/**
 * Applies the outcomes of a page to its items: each item is retried, split or reported.
 *
 * `tasks` are the account's export tasks since the page was planned.
 */
export function applyOutcomes(
  items: readonly ArchiveItem[],
  outcomes: readonly unknown[],
  tasks: readonly ExportTask[],
  { now, startedAt, slotTimeLeft }: { now: number; startedAt: number; slotTimeLeft: number },
): AppliedOutcomes {
  const byRange = new Map(outcomes.filter(isOutcome).map((outcome) => [createRangeKey(outcome), outcome]));
  const crash = describeCrashes(outcomes);
  const applied: AppliedOutcomes = { next: [], entries: [], orphans: [] };
  for (const item of items) {
    const outcome = byRange.get(createRangeKey(item));
    const itemTasks = findItemTasks(item, tasks, startedAt);
    const next = nextAttempt(item, outcome, { now, slotTimeLeft, crash });
    let reportedTaskId: string | null = null;
    if ('entry' in next) {
      const entry = addLostTaskId(next.entry, item, itemTasks);
      applied.entries.push(entry);
      reportedTaskId = entry.taskId;
    } else if ('retry' in next) {
      applied.next.push(next);
    } else {
      applied.next.push({ split: item, into: next.splitInto });
    }
    applied.orphans.push(...findOrphanedTasks(item, outcome, reportedTaskId, itemTasks));
  }
  return applied;
}

/** Whether a child execution returned an outcome. The result of a crashed one is something else. */
function isOutcome(result: unknown): result is ArchiveOutcome {
  const { logGroupName, status = '' } = (result ?? {}) as Partial<ArchiveOutcome>;
  return typeof logGroupName === 'string' && ['ARCHIVED', 'SKIPPED', 'FAILED'].includes(status);
}

/** Describes how child executions of the page crashed. The result of a crashed one does not name its item. */
function describeCrashes(results: readonly unknown[]): string {
  const errors = results
    .filter((result) => !isOutcome(result))
    .map((result) => (result ?? {}) as { Error?: unknown; Cause?: unknown })
    .filter(({ Error: error }) => typeof error === 'string')
    .map(({ Error: error, Cause: cause }) => (typeof cause === 'string' ? `${error}: ${cause}` : `${error}`));
  const distinct = [...new Set(errors)];
  return truncate(
    distinct.length === 0
      ? "the item's execution ended without an outcome"
      : `the item's execution ended with ${distinct.join(', or with ')}`,
  );
}

function createRangeKey({
  logGroupName,
  period,
  from,
  to,
}: Pick<ArchiveItem, 'logGroupName' | 'period' | 'from' | 'to'>): string {
  return `${period} ${from} ${to} ${logGroupName}`;
}
