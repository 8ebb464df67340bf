import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { findExportTask } from '@log-archiver/aws-clients/export-tasks';
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

/** Returns the task if it is `COMPLETED`. Otherwise throws its status as the error name, by which the state machine polls. */
export async function checkExportTask(
  task: ExportTask,
  clients: Pick<Clients, 'logs' | 'now'>,
): Promise<CompletedExportTask> {
  // Without an id, AWS would return all tasks of the account, and the status of a foreign task would be read.
  if (typeof task?.taskId !== 'string' || task.taskId === '') {
    throw new InvalidArchiveRequest(`taskId must be a non-empty string, got ${show(task?.taskId)}`);
  }
  const { status, executionInfo } = (await findExportTask(clients, task.taskId)) ?? {};
  const subject = `export task ${task.taskId} of log group ${task.logGroupName}`;
  if (status?.code === undefined) {
    throw new ExportTaskNotFound(`CloudWatch Logs has no ${subject}`);
  }
  const { creationTime: createdAt, completionTime: completedAt = clients.now() } = executionInfo ?? {};
  if (status.code !== 'COMPLETED') {
    const message = `${subject} is ${status.code}${status.message ? `: ${status.message}` : ''}`;
    if (status.code === 'FAILED' && createdAt !== undefined && completedAt - createdAt >= GIVEN_UP_AFTER_MS) {
      const hours = ((completedAt - createdAt) / HOUR_MS).toFixed(1);
      throw new ExportTaskGivenUp(`${message}, ${hours} hours after it was created`);
    }
    throw new ExportTaskNotCompleted(status.code satisfies UncompletedStatus, message);
  }
  if (createdAt === undefined) {
    // The receipt states the instant up to which the archive is complete; no guess may replace AWS's value.
    throw new Error(`CloudWatch Logs returned no creation time for ${subject}`);
  }
  return { ...task, status: status.code, createdAt, completedAt };
}
