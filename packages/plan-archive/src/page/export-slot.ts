import { type ExportTask, isActive } from '@log-archiver/aws-clients/export-tasks';
import { EXPORT_TASK_NAME_PREFIX, type SlotHolder } from '@log-archiver/core';

/** Use of the export slot by foreign tasks while a page was archived. */
export interface SlotUse {
  heldMilliseconds: number;
  holders: SlotHolder[];
  /** Whether a foreign task still holds the slot. */
  isHeld: boolean;
}

/** Measures for how long foreign tasks held the export slot between two instants. */
export function measureSlotUse(tasks: readonly ExportTask[], since: number, now: number): SlotUse {
  const foreign = tasks.filter(({ taskName = '' }) => !taskName.startsWith(EXPORT_TASK_NAME_PREFIX));
  const held = foreign
    .map((task) => ({ task, milliseconds: measureActiveTime(task, since, now) }))
    .filter(({ milliseconds }) => milliseconds > 0);
  return {
    heldMilliseconds: held.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    holders: held.map(({ task, milliseconds }) => ({
      taskId: task.taskId ?? '',
      logGroupName: task.logGroupName ?? '',
      seconds: Math.round(milliseconds / 1_000),
    })),
    isHeld: foreign.some(isActive),
  };
}

function measureActiveTime(task: ExportTask, since: number, now: number): number {
  const { creationTime = now, completionTime } = task.executionInfo ?? {};
  // A task that ended without a completion time ended before it was observed. Its time does not count against the run.
  const end = isActive(task) ? now : (completionTime ?? creationTime);
  return Math.max(0, Math.min(end, now) - Math.max(creationTime, since));
}
