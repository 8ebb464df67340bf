import type { S3Client } from '@aws-sdk/client-s3';
import {
  type ArchiveReceipt,
  countLostDays,
  type PartRecord,
  partKey,
  type RecordArchiveRequest,
  receiptKey,
  retainedFrom,
} from '@log-archiver/core';

import { receiptOf } from './receipt';
import { wholeOfParts } from './recorded-parts';
import { writeOnce } from './write-once';

/**
 * Writes the receipt, or the record of a part and the receipt with the last of them. Answers why the task's objects are
 * not those of the receipt, if they are not.
 */
export async function recordExport(
  s3: S3Client,
  request: RecordArchiveRequest,
  { objects, bytes, evidence }: Pick<PartRecord, 'objects' | 'bytes' | 'evidence'>,
  now: number,
): Promise<string | null> {
  const { item, parameters, execution, task } = request;
  const { s3BucketName } = parameters;
  const forcedAt = item.force ? execution.startedAt : null;
  const exported: PartRecord = {
    taskId: task.taskId,
    from: new Date(item.from).toISOString(),
    to: new Date(item.to).toISOString(),
    objects,
    bytes,
    createdAt: new Date(task.createdAt).toISOString(),
    evidence,
    // What was gone when the task ended is not in the objects, however long ago the item was planned; and a task of an
    // earlier run can have all that was gone when this run planned to export it.
    daysLost: countLostDays(item.periodFrom, retainedFrom(item.retentionInDays, task.completedAt)),
    execution: execution.id,
  };
  const isWhole = item.part === null;
  const recorded = isWhole
    ? exported
    : await writeOnce(s3, s3BucketName, partKey(parameters, item, forcedAt), exported);
  const parts = isWhole ? [exported] : await wholeOfParts(s3, request, forcedAt);
  const receipt =
    parts &&
    (await writeOnce(s3, s3BucketName, receiptKey(parameters, item, forcedAt), receiptOf(request, parts, now)));
  if (recorded.taskId !== task.taskId) {
    return `another run's record of this part was there first: ${recorded.taskId}`;
  }
  const isInReceipt = !receipt || receipt.tasks.some(({ taskId }) => taskId === task.taskId);
  return isInReceipt ? null : `another run's receipt was there first: ${namesOf(receipt)}`;
}

/** A receipt can have hundreds of tasks, and an outcome has little room. */
function namesOf({ tasks: [first, ...more] }: ArchiveReceipt): string {
  return more.length === 0 ? `${first?.taskId}` : `${first?.taskId} and ${more.length} more`;
}
