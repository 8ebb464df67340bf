import { type ExportTask, isActive } from '@log-archiver/aws-clients/export-tasks';
import { EXPORT_TASK_NAME_PREFIX, type SlotHolder } from '@log-archiver/core';

/** Use of the export slot while a page was archived. */
export interface SlotUse {
  /** Time for which tasks of archivers used it. */
  usedMilliseconds: number;
  /** Time for which foreign tasks held it. */
  heldMilliseconds: number;
  holders: SlotHolder[];
  /** Whether a foreign task still holds the slot. */
  isHeld: boolean;
}

/** Measures who used the export slot between two instants. */
export function measureSlotUse(tasks: readonly ExportTask[], since: number, now: number): SlotUse {
  const measured = tasks.map((task) => ({ task, milliseconds: measureActiveTime(task, since, now) }));
  const foreign = measured.filter(({ task }) => !isOwn(task));
  return {
    usedMilliseconds: sum(measured.filter(({ task }) => isOwn(task))),
    heldMilliseconds: sum(foreign),
    holders: foreign
      .filter(({ milliseconds }) => milliseconds > 0)
      .map(({ task, milliseconds }) => ({
        taskId: task.taskId ?? '',
        logGroupName: task.logGroupName ?? '',
        seconds: Math.round(milliseconds / 1_000),
      })),
    isHeld: foreign.some(({ task }) => isActive(task)),
  };
}

function isOwn({ taskName = '' }: ExportTask): boolean {
  return taskName.startsWith(EXPORT_TASK_NAME_PREFIX);
}

function sum(measured: readonly { milliseconds: number }[]): number {
  return measured.reduce((total, { milliseconds }) => total + milliseconds, 0);
}

function measureActiveTime(task: ExportTask, since: number, now: number): number {
  const { creationTime = now, completionTime } = task.executionInfo ?? {};
  // A task that ended without a completion time ended before it was observed. Its time does not count against the run.
  const end = isActive(task) ? now : (completionTime ?? creationTime);
  return Math.max(0, Math.min(end, now) - Math.max(creationTime, since));
}
