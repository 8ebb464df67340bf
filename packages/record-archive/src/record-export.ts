import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import {
  type ArchiveItem,
  type ArchiveReceipt,
  type Loss,
  mergeLosses,
  type PartRecord,
  type RecordArchiveRequest,
  retentionLoss,
} from '@log-archiver/core';
import { findCompleteParts } from './part-records';
import { createReceipt } from './receipt';

/** Findings about the objects of a task. */
type Counted = Pick<PartRecord, 'objects' | 'bytes' | 'digest' | 'firstObject' | 'lastObject' | 'evidence'>;

/**
 * Writes the receipt of an item; for a part, its part record, and the receipt with the last part.
 *
 * Returns the reason why no receipt lists the task, or `null` if one does or will.
 */
export async function recordExport(
  archive: ArchiveStore,
  request: RecordArchiveRequest,
  { objects, bytes, digest, firstObject, lastObject, evidence }: Counted,
  now: number,
): Promise<string | null> {
  const { item, execution, task } = request;
  const exported: PartRecord = {
    taskId: task.taskId,
    from: new Date(item.from).toISOString(),
    to: new Date(item.to).toISOString(),
    objects,
    bytes,
    digest,
    firstObject,
    lastObject,
    createdAt: new Date(task.createdAt).toISOString(),
    evidence,
    losses: findLosses(item, now),
    execution: execution.id,
  };
  const isWhole = item.part === null;
  const recorded = isWhole ? exported : await archive.writePartOnce(item, exported);
  const parts = isWhole ? [exported] : await findCompleteParts(archive, request);
  const receipt = parts && (await writeReceipt(archive, request, parts, now));
  if (recorded.taskId !== task.taskId) {
    return `another run recorded this part first: ${recorded.taskId}`;
  }
  const isListed = !receipt || receipt.tasks.some(({ taskId }) => taskId === task.taskId);
  return isListed ? null : `another run wrote the receipt first: ${summarizeTasks(receipt)}`;
}

async function writeReceipt(
  archive: ArchiveStore,
  request: RecordArchiveRequest,
  parts: PartRecord[],
  now: number,
): Promise<ArchiveReceipt> {
  const previous = await archive.findPreviousReceipt(request.item);
  return archive.writeReceiptOnce(request.item, createReceipt(request, parts, previous, now));
}

/**
 * Returns the ranges of the period that are gone when the export is recorded.
 *
 * Retention is calculated again: events that it removed while the item waited are not in the objects. Nor can it be checked
 * any more whether a task of an earlier run, which this run adopted, has exported what retention has removed since.
 */
function findLosses(item: ArchiveItem, now: number): Loss[] {
  const period = { from: item.periodFrom, to: item.periodTo };
  const retention = retentionLoss(period, item.logGroup, now);
  const others = item.losses.filter(({ cause }) => cause !== 'RetentionExpired');
  return mergeLosses(retention === null ? others : [...others, retention]);
}

/** Names the first task only: a receipt can list hundreds, and an outcome must stay small. */
function summarizeTasks({ tasks: [first, ...more] }: ArchiveReceipt): string {
  return more.length === 0 ? `${first?.taskId}` : `${first?.taskId} and ${more.length} more`;
}
