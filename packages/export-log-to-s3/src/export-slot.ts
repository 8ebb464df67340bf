import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ExportSlotBusy, ExportSlotUnavailable } from '@log-archiver/core';
import { findHolder, newestExportTasks } from './export-tasks';

/**
 * The error for a slot that another export task holds: one active task an account and Region, not adjustable, no queue.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export async function slotIsTaken(
  logs: CloudWatchLogsClient,
  slotDeadline: number,
  now: number,
): Promise<ExportSlotBusy | ExportSlotUnavailable> {
  const message = await whoHoldsIt(logs);
  return now < slotDeadline
    ? new ExportSlotBusy(message)
    : new ExportSlotUnavailable(`${message}; the run waited for it until ${new Date(slotDeadline).toISOString()}`);
}

async function whoHoldsIt(logs: CloudWatchLogsClient): Promise<string> {
  try {
    const holder = findHolder(await newestExportTasks(logs));
    return holder
      ? `the export slot is held by task ${holder.taskId} of log group ${holder.logGroupName}, status ${holder.status?.code}`
      : 'the export slot was held by a task that has just ended';
  } catch (error) {
    // That the slot is taken is what matters: the run waits longer for it than for anything else.
    return `the export slot is held by a task that could not be looked up: ${(error as Error).name}`;
  }
}
