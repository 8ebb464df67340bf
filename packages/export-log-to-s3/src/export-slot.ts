import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ExportSlotBusy, ExportSlotUnavailable, parseInstant } from '@log-archiver/core';
import { findHolder, newestExportTasks } from './export-tasks';

/** How long a run waits for the slot before it gives up on it, once for all its log groups. */
const HOURS_A_RUN_WAITS = 48;

/**
 * The error for a slot that another export task holds: one active task an account and Region, not adjustable, no queue.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export async function slotIsTaken(
  logs: CloudWatchLogsClient,
  startedAt: string,
  now: number,
): Promise<ExportSlotBusy | ExportSlotUnavailable> {
  const message = await whoHoldsIt(logs);
  const hoursSinceStart = (now - parseInstant('startedAt', startedAt).epochMilliseconds) / 3_600_000;
  return hoursSinceStart < HOURS_A_RUN_WAITS
    ? new ExportSlotBusy(message)
    : new ExportSlotUnavailable(`${message}; the run has been going for ${Math.floor(hoursSinceStart)} hours`);
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
