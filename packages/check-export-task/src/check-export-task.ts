import { type CloudWatchLogsClient, DescribeExportTasksCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  type CompletedExportTask,
  type ExportTask,
  ExportTaskNotCompleted,
  ExportTaskNotFound,
  InvalidArchiveRequest,
  type UncompletedStatus,
} from '@log-archiver/core';

/** Answers once the task is COMPLETED. Until then, and if it ends otherwise, it throws the status: polling is Retry. */
export async function checkExportTask(task: ExportTask, logs: CloudWatchLogsClient): Promise<CompletedExportTask> {
  // Without an id AWS would answer with all tasks of the account, and somebody else's status would be read.
  if (typeof task?.taskId !== 'string' || task.taskId === '') {
    throw new InvalidArchiveRequest('taskId', task?.taskId, 'the id of an export task');
  }
  const { exportTasks } = await logs.send(new DescribeExportTasksCommand({ taskId: task.taskId }));
  const status = exportTasks?.find(({ taskId }) => taskId === task.taskId)?.status;
  if (status?.code === undefined) {
    throw new ExportTaskNotFound(
      `CloudWatch Logs knows no export task ${task.taskId} of log group ${task.logGroupName}`,
    );
  }
  if (status.code !== 'COMPLETED') {
    const says = status.message ? `: ${status.message}` : '';
    throw new ExportTaskNotCompleted(
      status.code satisfies UncompletedStatus,
      `export task ${task.taskId} of log group ${task.logGroupName} is ${status.code}${says}`,
    );
  }
  return { ...task, status: status.code };
}
