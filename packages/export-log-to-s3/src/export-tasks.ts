import {
  type CloudWatchLogsClient,
  DescribeExportTasksCommand,
  type ExportTask,
} from '@aws-sdk/client-cloudwatch-logs';

/** The newest page of the account's export tasks, newest first; the task that holds the slot is among them. */
export async function newestExportTasks(logs: CloudWatchLogsClient): Promise<ExportTask[]> {
  const { exportTasks } = await logs.send(new DescribeExportTasksCommand({}));
  return exportTasks ?? [];
}

/**
 * The task of this name that does or did the work. One that failed or was cancelled did not, nor did one that was
 * created before `adoptAfter`: what it exported is known, and is not enough.
 */
export function findOurs(tasks: ExportTask[], taskName: string, adoptAfter: number | null): ExportTask | undefined {
  return tasks.find(
    (task) =>
      task.taskName === taskName &&
      ['PENDING', 'RUNNING', 'COMPLETED'].includes(task.status?.code ?? '') &&
      (task.executionInfo?.creationTime ?? 0) >= (adoptAfter ?? 0),
  );
}

/** The task that holds the account's only export slot. */
export function findHolder(tasks: ExportTask[]): ExportTask | undefined {
  return tasks.find((task) => ['PENDING', 'RUNNING', 'PENDING_CANCEL'].includes(task.status?.code ?? ''));
}
