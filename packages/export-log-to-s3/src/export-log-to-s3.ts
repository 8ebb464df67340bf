import type { Clients } from '@log-archiver/aws-clients/create-clients';
import {
  createExportTask,
  type ExportTaskIdentity,
  findAdoptable,
  identifyExportTask,
  listNewestExportTasks,
} from '@log-archiver/aws-clients/export-tasks';
import { type ExportLogToS3Request, type ExportTask, LogGroupNotFound } from '@log-archiver/core';
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
  const identity = identifyExportTask(item, s3BucketName);
  const existing = findAdoptable(await listNewestExportTasks(clients), identity, item.adoptAfter);
  const taskId = existing?.taskId ?? (await startExport(identity, item.slotDeadline, clients));
  return { logGroupName, period, s3BucketName, destinationPrefix, taskId, execution };
}

async function startExport(
  identity: ExportTaskIdentity,
  slotDeadline: number,
  clients: Pick<Clients, 'logs' | 'now'>,
): Promise<string> {
  try {
    return await createExportTask(clients, identity);
  } catch (error) {
    switch ((error as Error).name) {
      case 'LimitExceededException':
        throw await createSlotError(clients, slotDeadline);
      case 'ResourceNotFoundException':
        throw new LogGroupNotFound(`log group ${identity.logGroupName} does not exist`);
      default:
        throw error;
    }
  }
}
