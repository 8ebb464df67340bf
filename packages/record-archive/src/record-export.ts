import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import {
  type ArchiveReceipt,
  countLostDays,
  type PartRecord,
  type RecordArchiveRequest,
  retainedFrom,
} from '@log-archiver/core';
import { findCompleteParts } from './part-records';
import { createReceipt } from './receipt';

/**
 * Writes the receipt of an item; for a part, its part record, and the receipt with the last part.
 *
 * Returns the reason why no receipt lists the task, or `null` if one does or will.
 */
export async function recordExport(
  archive: ArchiveStore,
  request: RecordArchiveRequest,
  { objects, bytes, evidence }: Pick<PartRecord, 'objects' | 'bytes' | 'evidence'>,
  now: number,
): Promise<string | null> {
  const { item, execution, task } = request;
  const exported: PartRecord = {
    taskId: task.taskId,
    from: new Date(item.from).toISOString(),
    to: new Date(item.to).toISOString(),
    objects,
    bytes,
    createdAt: new Date(task.createdAt).toISOString(),
    evidence,
    // Events that were gone when the task ended are not in its objects, even if the item was planned long before. A task
    // of an earlier run may contain events that were gone when this run planned the item.
    daysLost: countLostDays(item.periodFrom, retainedFrom(item.retentionInDays, task.completedAt)),
    execution: execution.id,
  };
  const isWhole = item.part === null;
  const recorded = isWhole ? exported : await archive.writePartOnce(item, exported);
  const parts = isWhole ? [exported] : await findCompleteParts(archive, request);
  const receipt = parts && (await archive.writeReceiptOnce(item, createReceipt(request, parts, now)));
  if (recorded.taskId !== task.taskId) {
    return `another run recorded this part first: ${recorded.taskId}`;
  }
  const isListed = !receipt || receipt.tasks.some(({ taskId }) => taskId === task.taskId);
  return isListed ? null : `another run wrote the receipt first: ${summarizeTasks(receipt)}`;
}

/** Names the first task only: a receipt can list hundreds, and an outcome must stay small. */
function summarizeTasks({ tasks: [first, ...more] }: ArchiveReceipt): string {
  return more.length === 0 ? `${first?.taskId}` : `${first?.taskId} and ${more.length} more`;
}
