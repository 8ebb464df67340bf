import {
  type CloudWatchLogsClient,
  CreateExportTaskCommand,
  LimitExceededException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  destinationPrefix,
  type ExportLogToS3Request,
  type ExportTask,
  LogGroupNotFound,
  s3PrefixOf,
} from '@log-archiver/core';
import { exportPeriod } from './export-period';
import { slotIsTaken } from './export-slot';
import { findOurs, newestExportTasks } from './export-tasks';
import { taskNameOf } from './task-name';
import { validateRequest } from './validate-request';

/**
 * Starts the export of one log group and one period, or takes the task that already does it: CreateExportTask is not
 * idempotent at AWS, and its answer can be lost.
 */
export async function exportLogToS3(
  request: ExportLogToS3Request,
  logs: CloudWatchLogsClient,
  now: () => number,
): Promise<ExportTask> {
  validateRequest(request);
  const period = exportPeriod(request, now());
  const s3Prefix = s3PrefixOf(request, request.keyPrefix);
  const task = {
    logGroupName: request.logGroupName,
    s3BucketName: request.s3BucketName,
    s3Prefix,
    from: period.from,
    to: period.to,
    destinationPrefix: destinationPrefix(request.keyPrefix, period.name, s3Prefix),
  };
  const taskName = taskNameOf(task, period.name);
  const ours = findOurs(await newestExportTasks(logs), taskName);
  return { ...task, taskId: ours?.taskId ?? (await createExportTask()) };

  async function createExportTask(): Promise<string> {
    try {
      const { taskId } = await logs.send(
        new CreateExportTaskCommand({
          taskName,
          logGroupName: task.logGroupName,
          from: task.from,
          to: task.to,
          destination: task.s3BucketName,
          destinationPrefix: task.destinationPrefix,
        }),
      );
      if (!taskId) {
        throw new Error(`CreateExportTask answered without a task id for ${task.logGroupName}`);
      }
      return taskId;
    } catch (error) {
      if (error instanceof LimitExceededException) {
        throw await slotIsTaken(logs, request.startedAt, now());
      }
      if (error instanceof ResourceNotFoundException) {
        throw new LogGroupNotFound(`log group ${task.logGroupName} does not exist`);
      }
      throw error;
    }
  }
}
