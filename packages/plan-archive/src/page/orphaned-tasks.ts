import { type ExportTask, isUsable } from '@log-archiver/aws-clients/export-tasks';
import type { ArchiveItem, ArchiveOutcome, OrphanedTask, ReportEntry } from '@log-archiver/core';

/** Ends of a task that may have written objects, which no receipt lists. */
const UNFINISHED = ['FAILED', 'CANCELLED', 'ExportTaskGivenUp'];

/** Returns the tasks of an item that were created in this run. */
export function findItemTasks(item: ArchiveItem, tasks: readonly ExportTask[], startedAt: number): ExportTask[] {
  return tasks.filter(
    (task) => task.taskName === item.taskName && (task.executionInfo?.creationTime ?? 0) >= startedAt,
  );
}

/**
 * Adds the task to the entry of a failed item whose task id was lost.
 *
 * The response to CreateExportTask can be lost although the task exists. The engineer who investigates the failure needs its id.
 */
export function addLostTaskId(entry: ReportEntry, item: ArchiveItem, itemTasks: readonly ExportTask[]): ReportEntry {
  if (entry.status !== 'FAILED' || entry.taskId !== null) {
    return entry;
  }
  const lost = itemTasks.find(isUsable);
  return lost ? { ...entry, taskId: lost.taskId ?? null, destinationPrefix: item.destinationPrefix } : entry;
}

/**
 * Returns the tasks of an item whose objects no receipt lists, or will list.
 *
 * `reportedTaskId` is the task in the item's entry; `null`: the item has not ended, or its entry has no task.
 */
export function findOrphanedTasks(
  item: ArchiveItem,
  outcome: ArchiveOutcome | undefined,
  reportedTaskId: string | null,
  itemTasks: readonly ExportTask[],
): OrphanedTask[] {
  const { logGroupName, period, destinationPrefix } = item;
  const orphans = [...findOwnOrphan(outcome), ...findDuplicates(outcome, reportedTaskId, itemTasks)];
  return orphans.map(({ taskId, why }) => ({ taskId, logGroupName, period, destinationPrefix, why }));
}

type Orphan = Pick<OrphanedTask, 'taskId' | 'why'>;

/** Returns the outcome's own task, if no receipt lists it. */
function findOwnOrphan(outcome: ArchiveOutcome | undefined): Orphan[] {
  if (!outcome?.taskId) {
    return [];
  }
  const { error, taskId, leftover } = outcome;
  const why = leftover ?? (UNFINISHED.includes(error ?? '') ? `its export task ended with ${error}` : null);
  return why === null ? [] : [{ taskId, why }];
}

/**
 * Returns the item's other tasks.
 *
 * A response can be lost, and a second task be created: the first had failed by then, or AWS did not list it yet. A usable
 * task of an item that is exported again is not an orphan yet, because the next attempt may adopt it.
 */
function findDuplicates(
  outcome: ArchiveOutcome | undefined,
  reportedTaskId: string | null,
  itemTasks: readonly ExportTask[],
): Orphan[] {
  const isInReceipt = outcome?.status === 'ARCHIVED' && outcome.leftover === null;
  const duplicate = isInReceipt
    ? `the receipt lists another export task of this item: ${reportedTaskId}`
    : `another export task of this item is ${reportedTaskId}; the receipt of a later run says which one it lists`;
  return itemTasks
    .filter(({ taskId }) => taskId !== outcome?.taskId && taskId !== reportedTaskId)
    .filter((task) => reportedTaskId !== null || !isUsable(task))
    .map((task) => ({
      taskId: task.taskId ?? '',
      why: isUsable(task) ? duplicate : `its export task ended with ${task.status?.code}`,
    }));
}
