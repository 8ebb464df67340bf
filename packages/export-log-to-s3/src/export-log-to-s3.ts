import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { createExportTask, findByName, listNewestExportTasks } from '@log-archiver/aws-clients/export-tasks';
import {
  type ArchiveItem,
  type ExportLogToS3Request,
  type ExportTask,
  exportTaskName,
  LogGroupNotFound,
} from '@log-archiver/core';
import { createSlotError } from './slot-error';
import { validateRequest } from './validate-request';

/**
 * Starts the export of an item, or adopts the task that already exports it.
 *
 * CreateExportTask is not idempotent, and its response can be lost.
 */
export async function exportLogToS3(
  request: ExportLogToS3Request,
  clients: Pick<Clients, 'logs' | 'now'>,
): Promise<ExportTask> {
  validateRequest(request);
  const { item, s3BucketName, execution } = request;
  const { logGroupName, period, destinationPrefix } = item;
  const taskName = exportTaskName(item, s3BucketName);
  const existing = findByName(await listNewestExportTasks(clients), taskName, item.adoptAfter);
  const taskId = existing?.taskId ?? (await startExport(item, taskName, s3BucketName, clients));
  return { logGroupName, period, s3BucketName, destinationPrefix, taskId, execution };
}

/**
 * Starts an export that includes the last millisecond of the item, and perhaps the next one.
 *
 * AWS's API reference describes `to` as inclusive, its user guide as exclusive. Readers of the archive ignore events
 * outside of the item's range.
 */
async function startExport(
  { logGroupName, from, to, destinationPrefix, slotDeadline }: ArchiveItem,
  taskName: string,
  destination: string,
  clients: Pick<Clients, 'logs' | 'now'>,
): Promise<string> {
  try {
    return await createExportTask(clients, {
      taskName,
      logGroupName,
      from,
      to: to + 1,
      destination,
      destinationPrefix,
    });
  } catch (error) {
    switch ((error as Error).name) {
      case 'LimitExceededException':
        throw await createSlotError(clients, slotDeadline);
      case 'ResourceNotFoundException':
        throw new LogGroupNotFound(`log group ${logGroupName} does not exist`);
      default:
        throw error;
    }
  }
}
