import type { Clients } from '@log-archiver/aws-clients/create-clients';
import {
  type ExportTask as AwsExportTask,
  cancelExportTask,
  findExportTask,
  isActive,
} from '@log-archiver/aws-clients/export-tasks';
import { SlotPolling } from '@log-archiver/aws-clients/slot-polling';
import {
  type CompletedExportTask,
  type ExportTask,
  ExportTaskGivenUp,
  ExportTaskNotCompleted,
  ExportTaskNotFound,
  GIVEN_UP_AFTER_MS,
  HOUR_MS,
  InvalidArchiveRequest,
  show,
  type UncompletedStatus,
} from '@log-archiver/core';

/** Statuses of a task that would hold the slot although it is given up. */
const HOLDING_STATUSES: readonly string[] = ['PENDING', 'RUNNING'];

/** Age of a task from which polling within an invocation costs more than the retries of the state machine. */
const MAX_POLLED_AGE_MS = HOUR_MS / 4;

/**
 * Returns the task when it is `COMPLETED`, after polling it for a bounded time.
 *
 * Throws any other status as the error name. The state machine retries the statuses of a task that still runs.
 */
export async function checkExportTask(
  task: ExportTask,
  clients: Pick<Clients, 'logs' | 'now' | 'wait'>,
): Promise<CompletedExportTask> {
  // Without an id, AWS would return all tasks of the account, and the status of a foreign task would be read.
  if (typeof task?.taskId !== 'string' || task.taskId === '') {
    throw new InvalidArchiveRequest(`taskId must be a non-empty string, got ${show(task?.taskId)}`);
  }
  const { status, executionInfo, destination } = (await pollExportTask(task.taskId, clients)) ?? {};
  const subject = `export task ${task.taskId} of log group ${task.logGroupName}`;
  if (status?.code === undefined) {
    throw new ExportTaskNotFound(`CloudWatch Logs has no ${subject}`);
  }
  const { creationTime: createdAt, completionTime: completedAt = clients.now() } = executionInfo ?? {};
  if (status.code !== 'COMPLETED') {
    const message = `${subject} is ${status.code}${status.message ? `: ${status.message}` : ''}`;
    const age = createdAt === undefined ? 0 : completedAt - createdAt;
    // A task that is being cancelled is polled until it is `CANCELLED`, because it holds the slot until then.
    if (age >= GIVEN_UP_AFTER_MS && status.code !== 'PENDING_CANCEL') {
      const hours = (age / HOUR_MS).toFixed(1);
      // The task of another bucket is not this archiver's.
      const isHolding = HOLDING_STATUSES.includes(status.code) && destination === task.s3BucketName;
      const end = isHolding ? await cancel(task, clients) : '';
      throw new ExportTaskGivenUp(`${message}, ${hours} hours after it was created${end}`);
    }
    throw new ExportTaskNotCompleted(status.code satisfies UncompletedStatus, message);
  }
  if (createdAt === undefined) {
    // The receipt states the instant up to which the archive is complete; no guess may replace AWS's value.
    throw new Error(`CloudWatch Logs returned no creation time for ${subject}`);
  }
  return { ...task, status: status.code, createdAt, completedAt };
}

/** Returns the task as soon as it has ended, or as it is after the last poll of this invocation. */
async function pollExportTask(
  taskId: string,
  clients: Pick<Clients, 'logs' | 'now' | 'wait'>,
): Promise<AwsExportTask | undefined> {
  const polling = new SlotPolling(clients, MAX_POLLED_AGE_MS);
  for (;;) {
    const task = await findExportTask(clients, taskId);
    const createdAt = task?.executionInfo?.creationTime;
    if (task === undefined || createdAt === undefined || !isActive(task) || !(await polling.wait(createdAt))) {
      return task;
    }
  }
}

/** Cancels a task, and returns the outcome for a message. A refusal does not matter: AWS ends the task soon after. */
async function cancel({ taskId }: ExportTask, clients: Pick<Clients, 'logs'>): Promise<string> {
  try {
    await cancelExportTask(clients, taskId);
    return '; it was cancelled';
  } catch (error) {
    const { name, message } = error as Error;
    return `; it could not be cancelled: ${name}: ${message}`;
  }
}
