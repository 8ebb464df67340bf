import {
  CancelExportTaskCommand,
  CreateExportTaskCommand,
  type CreateExportTaskCommandInput,
  DescribeExportTasksCommand,
  type ExportTask,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ArchiveItem } from '@log-archiver/core';
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

/** Description of an export task as it was, or would be, created. */
export type ExportTaskIdentity = Required<
  Pick<ExportTask, 'taskName' | 'logGroupName' | 'from' | 'to' | 'destination' | 'destinationPrefix'>
>;

/** Returns how the export task of an item is created. */
export function identifyExportTask(
  { taskName, logGroupName, from, to, destinationPrefix }: ArchiveItem,
  s3BucketName: string,
): ExportTaskIdentity {
  // AWS's API reference describes `to` as inclusive, its user guide as exclusive. One more millisecond is right in both
  // cases: readers of the archive ignore events outside of the item's range.
  return { taskName, logGroupName, from, to: to + 1, destination: s3BucketName, destinationPrefix };
}

/** Returns the name of the first field in which a task differs from its description; `undefined`: none. */
export function findMismatch(task: ExportTask, identity: ExportTaskIdentity): keyof ExportTaskIdentity | undefined {
  const fields = Object.keys(identity) as (keyof ExportTaskIdentity)[];
  return fields.find((field) => task[field] !== identity[field]);
}

/**
 * Returns the task that exports an item or has exported it.
 *
 * Another principal can create a task in the account. Of several that fit, the first one counts: an outsider cannot predict
 * the name, and can copy it only after the genuine task exists. AWS does not return `logStreamNamePrefix`; objects that a
 * task with one has left out are found when the export is recorded.
 *
 * A failed or cancelled task does not count, nor does a task created before `adoptAfter`: its objects are known, and they
 * are not enough.
 */
export function findAdoptable(
  tasks: readonly ExportTask[],
  identity: ExportTaskIdentity,
  adoptAfter: number | null,
): ExportTask | undefined {
  return tasks
    .filter((task) => isUsable(task) && getCreationTime(task) >= (adoptAfter ?? 0))
    .filter((task) => findMismatch(task, identity) === undefined)
    .reduce<ExportTask | undefined>(
      (first, task) => (first === undefined || getCreationTime(task) < getCreationTime(first) ? task : first),
      undefined,
    );
}

function getCreationTime({ executionInfo }: ExportTask): number {
  return executionInfo?.creationTime ?? 0;
}
