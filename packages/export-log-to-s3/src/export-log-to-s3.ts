import type { Clients } from '@log-archiver/aws-clients/create-clients';
import {
  createExportTask,
  type ExportTaskIdentity,
  findAdoptable,
  findHolder,
  identifyExportTask,
  listNewestExportTasks,
} from '@log-archiver/aws-clients/export-tasks';
import { SlotPolling } from '@log-archiver/aws-clients/slot-polling';
import { type ArchiveItem, type ExportLogToS3Request, type ExportTask, LogGroupNotFound } from '@log-archiver/core';
import { createSlotError } from './slot-error';
import { validateRequest } from './validate-request';

/**
 * Starts the export of an item, or adopts the task that already exports it.
 *
 * CreateExportTask is not idempotent, and its response can be lost. While another task holds the slot, this function
 * polls for a bounded time before it throws `ExportSlotBusy`.
 */
export async function exportLogToS3(
  request: ExportLogToS3Request,
  clients: Pick<Clients, 'logs' | 'now' | 'wait'>,
): Promise<ExportTask> {
  validateRequest(request);
  const { item, s3BucketName, execution } = request;
  const { logGroupName, period, destinationPrefix } = item;
  const taskId = await startExport(item, identifyExportTask(item, s3BucketName), clients);
  return { logGroupName, period, s3BucketName, destinationPrefix, taskId, execution };
}

async function startExport(
  { adoptAfter, slotDeadline }: ArchiveItem,
  identity: ExportTaskIdentity,
  clients: Pick<Clients, 'logs' | 'now' | 'wait'>,
): Promise<string> {
  const polling = new SlotPolling(clients);
  let tasks = await listNewestExportTasks(clients);
  let isTaken = false;
  for (;;) {
    const taskId = findAdoptable(tasks, identity, adoptAfter)?.taskId;
    if (taskId !== undefined) {
      return taskId;
    }
    // Another client may have taken the slot between the two calls, so only AWS's refusal says that it is taken.
    const holder = findHolder(tasks);
    const created = isTaken && holder ? undefined : await createIfFree(identity, clients);
    if (created !== undefined) {
      return created;
    }
    isTaken = true;
    const createdAt = holder?.executionInfo?.creationTime ?? clients.now();
    if (clients.now() >= slotDeadline || !(await polling.wait(createdAt))) {
      throw await createSlotError(clients, slotDeadline);
    }
    // If a poll fails, the next one follows. The error of this invocation must stay "slot busy".
    tasks = await listNewestExportTasks(clients).catch(() => tasks);
  }
}

/** Returns the id of the created task; `undefined`: another task holds the slot. */
async function createIfFree(identity: ExportTaskIdentity, clients: Pick<Clients, 'logs'>): Promise<string | undefined> {
  try {
    return await createExportTask(clients, identity);
  } catch (error) {
    switch ((error as Error).name) {
      case 'LimitExceededException':
        return undefined;
      case 'ResourceNotFoundException':
        throw new LogGroupNotFound(`log group ${identity.logGroupName} does not exist`);
      default:
        throw error;
    }
  }
}
