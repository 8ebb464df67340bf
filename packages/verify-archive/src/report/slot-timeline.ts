import { type ArchiveReceipt, joinRanges, type Range } from '@log-archiver/core';

/** The export of one log group: from the creation of its first export task to its receipt. */
export interface TimelineExport extends Range {
  logGroupName: string;
  /** Number of export tasks. */
  tasks: number;
}

/** Use of the export slot by the exports of a period that one run finished. Milliseconds since the epoch. */
export interface SlotTimeline extends Range {
  /** Name of the execution. */
  run: string;
  /** In the order of their start. */
  exports: TimelineExport[];
  /** Times in which an export was in progress, in order, without overlaps. */
  busy: Range[];
  busyMs: number;
}

/** Creates the timelines of the runs that wrote receipts, oldest first. */
export function createTimelines(receipts: readonly ArchiveReceipt[]): SlotTimeline[] {
  const byRun = new Map<string, TimelineExport[]>();
  for (const { execution, startedAt, finishedAt, logGroupName, tasks } of receipts) {
    const [from, to] = [Date.parse(startedAt), Date.parse(finishedAt)];
    const exports = byRun.get(execution) ?? [];
    byRun.set(execution, exports);
    exports.push({ logGroupName, from, to: Math.max(from, to), tasks: tasks.length });
  }
  return [...byRun]
    .map(([execution, exports]) => createTimeline(execution, exports))
    .sort((one, other) => one.from - other.from);
}

function createTimeline(execution: string, unsorted: readonly TimelineExport[]): SlotTimeline {
  const exports = unsorted.toSorted((one, other) => one.from - other.from);
  const busy = joinRanges(exports, 0);
  return {
    run: execution.slice(execution.lastIndexOf(':') + 1),
    from: busy[0]?.from ?? 0,
    to: busy.at(-1)?.to ?? 0,
    exports,
    busy,
    busyMs: busy.reduce((sum, { from, to }) => sum + to - from, 0),
  };
}
