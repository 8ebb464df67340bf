import {
  CancelExportTaskCommand,
  CreateExportTaskCommand,
  type CreateExportTaskCommandInput,
  DescribeExportTasksCommand,
  type ExportTask,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from './create-clients';
import { retryInPlace } from './retry-in-place';

export type { ExportTask };

/** Statuses in which a task holds the only export slot of the account and Region. */
const ACTIVE_STATUSES: readonly (string | undefined)[] = ['PENDING', 'RUNNING', 'PENDING_CANCEL'];
/** Statuses of a task that exports its range, or has exported it. */
const USABLE_STATUSES: readonly (string | undefined)[] = ['PENDING', 'RUNNING', 'COMPLETED'];

/** Starts an export task, and returns its id. */
export async function createExportTask(
  { logs }: Pick<Clients, 'logs'>,
  input: CreateExportTaskCommandInput,
): Promise<string> {
  const { taskId } = await logs.send(new CreateExportTaskCommand(input));
  if (!taskId) {
    throw new Error(`CreateExportTask returned no task id for log group ${input.logGroupName}`);
  }
  return taskId;
}

/** Requests the end of a task, which holds the slot until it is `CANCELLED`. */
export async function cancelExportTask({ logs }: Pick<Clients, 'logs'>, taskId: string): Promise<void> {
  await logs.send(new CancelExportTaskCommand({ taskId }));
}

/** Returns a task by its id. CloudWatch Logs returns an empty list for an unknown id. */
export async function findExportTask({ logs }: Pick<Clients, 'logs'>, taskId: string): Promise<ExportTask | undefined> {
  const { exportTasks } = await logs.send(new DescribeExportTasksCommand({ taskId }));
  return exportTasks?.find((task) => task.taskId === taskId);
}

/** Returns the newest page of the account's export tasks, newest first. The task that holds the slot is on this page. */
export async function listNewestExportTasks({ logs }: Pick<Clients, 'logs'>): Promise<ExportTask[]> {
  const { exportTasks } = await logs.send(new DescribeExportTasksCommand({}));
  return exportTasks ?? [];
}

/** Returns the account's export tasks, newest first, on as many pages as it takes to reach an instant. */
export async function findExportTasksSince(
  instant: number,
  clients: Pick<Clients, 'logs' | 'wait'>,
): Promise<ExportTask[]> {
  const tasks: ExportTask[] = [];
  let nextToken: string | undefined;
  do {
    const command = new DescribeExportTasksCommand({ nextToken });
    const page = await retryInPlace(clients, () => clients.logs.send(command));
    tasks.push(...(page.exportTasks ?? []));
    nextToken = page.nextToken;
    // One task is active at a time, so of all tasks created before the instant only the last can have been active after it.
  } while (nextToken && (tasks.at(-1)?.executionInfo?.creationTime ?? 0) >= instant);
  return tasks;
}

/** Whether a task holds the account's only export slot. */
export function isActive({ status }: ExportTask): boolean {
  return ACTIVE_STATUSES.includes(status?.code);
}

/** Whether a task exports its range, or has exported it. */
export function isUsable({ status }: ExportTask): boolean {
  return USABLE_STATUSES.includes(status?.code);
}

/** Returns the task that holds the export slot. */
export function findHolder(tasks: readonly ExportTask[]): ExportTask | undefined {
  return tasks.find(isActive);
}

/**
 * Returns the task of a name that exports the range or has exported it.
 *
 * A failed or cancelled task does not count, nor does a task created before `adoptAfter`: its objects are known, and they
 * are not enough.
 */
export function findByName(
  tasks: readonly ExportTask[],
  taskName: string,
  adoptAfter: number | null,
): ExportTask | undefined {
  return tasks.find(
    (task) =>
      task.taskName === taskName && isUsable(task) && (task.executionInfo?.creationTime ?? 0) >= (adoptAfter ?? 0),
  );
}
