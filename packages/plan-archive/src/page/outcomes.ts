import type { ExportTask } from '@log-archiver/aws-clients/export-tasks';
import type { ArchiveItem, ArchiveOutcome, OrphanedTask, ReportEntry } from '@log-archiver/core';
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
  outcomes: readonly (ArchiveOutcome | null)[],
  tasks: readonly ExportTask[],
  {
    now,
    startedAt,
    bucketName,
    slotTimeLeft,
  }: { now: number; startedAt: number; bucketName: string; slotTimeLeft: number },
): AppliedOutcomes {
  const byRange = new Map(outcomes.filter(isOutcome).map((outcome) => [createRangeKey(outcome), outcome]));
  const applied: AppliedOutcomes = { next: [], entries: [], orphans: [] };
  for (const item of items) {
    const outcome = byRange.get(createRangeKey(item));
    const itemTasks = findItemTasks(item, tasks, { startedAt, bucketName });
    const next = nextAttempt(item, outcome, { now, slotTimeLeft });
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
function isOutcome(outcome: ArchiveOutcome | null): outcome is ArchiveOutcome {
  return typeof outcome?.logGroupName === 'string' && ['ARCHIVED', 'SKIPPED', 'FAILED'].includes(outcome.status);
}

function createRangeKey({
  logGroupName,
  period,
  from,
  to,
}: Pick<ArchiveItem, 'logGroupName' | 'period' | 'from' | 'to'>): string {
  return `${period} ${from} ${to} ${logGroupName}`;
}
