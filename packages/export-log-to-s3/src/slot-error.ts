import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { findHolder, listNewestExportTasks } from '@log-archiver/aws-clients/export-tasks';
import { ExportSlotBusy, ExportSlotUnavailable } from '@log-archiver/core';

/**
 * Returns the error for a slot that another export task holds.
 *
 * An account has one active export task per Region. The quota cannot be raised, and CloudWatch Logs has no queue.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export async function createSlotError(
  clients: Pick<Clients, 'logs' | 'now'>,
  slotDeadline: number,
): Promise<ExportSlotBusy | ExportSlotUnavailable> {
  const isInTime = clients.now() < slotDeadline;
  const message = await describeHolder(clients);
  return isInTime
    ? new ExportSlotBusy(message)
    : new ExportSlotUnavailable(`${message}; the run waited until ${new Date(slotDeadline).toISOString()}`);
}

async function describeHolder(clients: Pick<Clients, 'logs'>): Promise<string> {
  try {
    const holder = findHolder(await listNewestExportTasks(clients));
    return holder
      ? `the export slot is held by task ${holder.taskId} of log group ${holder.logGroupName}, status ${holder.status?.code}`
      : 'the export slot was held by a task that has just ended';
  } catch (error) {
    // The error must stay "slot busy": the run waits longer for the slot than for anything else.
    return `the export slot is held by an unknown task; its lookup failed with ${(error as Error).name}`;
  }
}
