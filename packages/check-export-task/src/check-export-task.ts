import { type CloudWatchLogsClient, DescribeExportTasksCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  type CompletedExportTask,
  type ExportTask,
  ExportTaskGivenUp,
  ExportTaskNotCompleted,
  ExportTaskNotFound,
  InvalidArchiveRequest,
  show,
  type UncompletedStatus,
} from '@log-archiver/core';

const HOUR = 3_600_000;
/**
 * AWS gives a task 24 hours: one that FAILED after about as long had too much to export, and would have it again.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html
 */
const GIVEN_UP_AFTER = 23.5 * HOUR;

/** Answers once the task is COMPLETED. Until then, and if it ends otherwise, it throws the status: polling is Retry. */
export async function checkExportTask(
  task: ExportTask,
  logs: CloudWatchLogsClient,
  now: () => number,
): Promise<CompletedExportTask> {
  // Without an id AWS would answer with all tasks of the account, and somebody else's status would be read.
  if (typeof task?.taskId !== 'string' || task.taskId === '') {
    throw new InvalidArchiveRequest(`taskId must be a non-empty string, got ${show(task?.taskId)}`);
  }
  const { exportTasks } = await logs.send(new DescribeExportTasksCommand({ taskId: task.taskId }));
  const { status, executionInfo } = exportTasks?.find(({ taskId }) => taskId === task.taskId) ?? {};
  const subject = `export task ${task.taskId} of log group ${task.logGroupName}`;
  if (status?.code === undefined) {
    throw new ExportTaskNotFound(`CloudWatch Logs knows no ${subject}`);
  }
  const { creationTime: createdAt, completionTime: completedAt = now() } = executionInfo ?? {};
  if (status.code !== 'COMPLETED') {
    const message = `${subject} is ${status.code}${status.message ? `: ${status.message}` : ''}`;
    if (status.code === 'FAILED' && createdAt !== undefined && completedAt - createdAt >= GIVEN_UP_AFTER) {
      const hours = ((completedAt - createdAt) / HOUR).toFixed(1);
      throw new ExportTaskGivenUp(`${message}, ${hours} hours after it was created`);
    }
    throw new ExportTaskNotCompleted(status.code satisfies UncompletedStatus, message);
  }
  if (createdAt === undefined) {
    // The receipt says of which instant the archive is: nothing is taken for it that AWS did not say.
    throw new Error(`CloudWatch Logs does not say when ${subject} was created`);
  }
  return { ...task, status: status.code, createdAt, completedAt };
}
