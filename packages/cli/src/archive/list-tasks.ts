import type { Range, ReceiptTask } from '@log-archiver/core';
import type { ClaimedReceipt } from './claim-ranges';
import type { LogGroupArchive } from './open-log-group';
import { overlaps, parseRange } from './ranges';

/** An export task that a receipt lists. */
export interface SourceTask {
  readonly source: ClaimedReceipt;
  readonly task: ReceiptTask;
  /** Prefix of its objects, with a `/` at the end. */
  readonly folder: string;
  readonly range: Range;
}

/** Lists the tasks that can have events of the requested range, in order. */
export function listTasks({ sources, range }: LogGroupArchive): SourceTask[] {
  return sources
    .filter(({ claims }) => claims.length > 0)
    .flatMap((source) =>
      source.receipt.tasks.map((task) => ({
        source,
        task,
        folder: `${source.receipt.destinationPrefix}/${task.taskId}/`,
        range: parseRange(task),
      })),
    )
    .filter((task) => overlaps(task.range, range))
    .sort((one, other) => one.range.from - other.range.from);
}

/** Groups tasks so that the ranges of different groups do not overlap. */
export function groupByRange(tasks: readonly SourceTask[]): SourceTask[][] {
  // Ranges that only follow each other stay apart.
  const groups: { to: number; tasks: SourceTask[] }[] = [];
  for (const task of tasks) {
    const last = groups.at(-1);
    if (last && task.range.from <= last.to) {
      last.tasks.push(task);
      last.to = Math.max(last.to, task.range.to);
    } else {
      groups.push({ to: task.range.to, tasks: [task] });
    }
  }
  return groups.map((group) => group.tasks);
}
