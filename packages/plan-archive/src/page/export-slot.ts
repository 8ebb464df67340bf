import type { ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import { isActive } from '@log-archiver/aws-clients/export-tasks';
import type { SlotHolder } from '@log-archiver/core';

/** How long a run waits for others to leave the slot, once for all its log groups. */
export const SLOT_PATIENCE = 48 * 3_600_000;
/** What the names of this archiver's tasks, and of others of its kind, begin with. */
const OURS = 'log-archiver ';

/** What others did with the export slot while a page was archived. */
export interface SlotUse {
  heldMilliseconds: number;
  holders: SlotHolder[];
  /** Whether one of them holds it still. */
  isHeld: boolean;
}

/** Who else held the slot, and for how long, between two instants. */
export function slotUse(tasks: ExportTask[], since: number, now: number): SlotUse {
  const foreign = tasks.filter(({ taskName = '' }) => !taskName.startsWith(OURS));
  const held = foreign
    .map((task) => ({ task, milliseconds: activeTime(task, since, now) }))
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

/** Holders of many pages, each once. */
export function mergeHolders(holders: SlotHolder[]): SlotHolder[] {
  const merged = new Map<string, SlotHolder>();
  for (const holder of holders) {
    const seconds = (merged.get(holder.taskId)?.seconds ?? 0) + holder.seconds;
    merged.set(holder.taskId, { ...holder, seconds });
  }
  return [...merged.values()];
}

function activeTime(task: ExportTask, since: number, now: number): number {
  const { creationTime = now, completionTime } = task.executionInfo ?? {};
  // A task that has ended without a time did so before anybody looked: it is not held against the run.
  const end = isActive(task) ? now : (completionTime ?? creationTime);
  return Math.max(0, Math.min(end, now) - Math.max(creationTime, since));
}
