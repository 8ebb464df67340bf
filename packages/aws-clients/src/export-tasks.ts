import { DescribeExportTasksCommand, type ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from './create-clients';
import { retryInPlace } from './retry-in-place';

/** The account's export tasks, newest first: a page, and as many more as it takes to get back to an instant. */
export async function findExportTasksSince(instant: number, services: Clients): Promise<ExportTask[]> {
  const tasks: ExportTask[] = [];
  let nextToken: string | undefined;
  do {
    const command = new DescribeExportTasksCommand({ nextToken });
    const page = await retryInPlace(services, () => services.logs.send(command));
    tasks.push(...(page.exportTasks ?? []));
    nextToken = page.nextToken;
    // One task is active at a time, so of those created before the instant the last alone can have been active after it.
  } while (nextToken && (tasks.at(-1)?.executionInfo?.creationTime ?? 0) >= instant);
  return tasks;
}

/** Whether a task holds the account's only export slot. */
export function isActive({ status }: ExportTask): boolean {
  return ['PENDING', 'RUNNING', 'PENDING_CANCEL'].includes(status?.code ?? '');
}
