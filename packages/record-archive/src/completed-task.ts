import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { findExportTask, findMismatch, identifyExportTask } from '@log-archiver/aws-clients/export-tasks';
import { retryInPlace } from '@log-archiver/aws-clients/retry-in-place';
import {
  type CompletedExportTask,
  ExportTaskMismatch,
  ExportTaskNotFound,
  type RecordArchiveRequest,
  show,
} from '@log-archiver/core';

/**
 * Returns the completed task of an item, as CloudWatch Logs describes it.
 *
 * Every caller of the function can choose the payload. A receipt must be about a task that has exported the item.
 */
export async function findCompletedTask(
  { item, parameters: { s3BucketName }, execution, task: { taskId } }: RecordArchiveRequest,
  clients: Pick<Clients, 'logs' | 'now' | 'wait'>,
): Promise<CompletedExportTask> {
  const { logGroupName, period, destinationPrefix } = item;
  const found = await retryInPlace(clients, () => findExportTask(clients, taskId));
  if (found === undefined) {
    throw new ExportTaskNotFound(`CloudWatch Logs has no export task ${taskId} of log group ${logGroupName}`);
  }
  const expected = identifyExportTask(item, s3BucketName);
  const field = findMismatch(found, expected);
  if (field !== undefined) {
    throw new ExportTaskMismatch(
      `${field} of export task ${taskId} must be ${show(expected[field])}, got ${show(found[field])}`,
    );
  }
  const { status, executionInfo: { creationTime: createdAt, completionTime: completedAt = clients.now() } = {} } =
    found;
  if (status?.code !== 'COMPLETED') {
    throw new ExportTaskMismatch(`status of export task ${taskId} must be "COMPLETED", got ${show(status?.code)}`);
  }
  if (createdAt === undefined) {
    // The receipt states the instant up to which the archive is complete; no guess may replace AWS's value.
    throw new Error(`CloudWatch Logs returned no creation time for export task ${taskId}`);
  }
  return {
    ...{ logGroupName, period, s3BucketName, destinationPrefix, taskId, execution: execution.id },
    ...{ status: status.code, createdAt, completedAt },
  };
}
