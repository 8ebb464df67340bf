import {
  type CloudWatchLogsClient,
  CreateExportTaskCommand,
  LimitExceededException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { type ExportLogToS3Request, type ExportTask, exportTaskName, LogGroupNotFound } from '@log-archiver/core';
import { slotIsTaken } from './export-slot';
import { findOurs, newestExportTasks } from './export-tasks';
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
  const { item, s3BucketName } = request;
  const { logGroupName, destinationPrefix } = item;
  const taskName = exportTaskName(item, s3BucketName);
  const ours = findOurs(await newestExportTasks(logs), taskName, item.adoptAfter);
  return { logGroupName, s3BucketName, destinationPrefix, taskId: ours?.taskId ?? (await createExportTask()) };

  async function createExportTask(): Promise<string> {
    try {
      const { taskId } = await logs.send(
        new CreateExportTaskCommand({
          taskName,
          logGroupName,
          from: item.from,
          to: item.to,
          destination: s3BucketName,
          destinationPrefix,
        }),
      );
      if (!taskId) {
        throw new Error(`CreateExportTask answered without a task id for ${logGroupName}`);
      }
      return taskId;
    } catch (error) {
      if (error instanceof LimitExceededException) {
        throw await slotIsTaken(logs, item.slotDeadline, now());
      }
      if (error instanceof ResourceNotFoundException) {
        throw new LogGroupNotFound(`log group ${logGroupName} does not exist`);
      }
      throw error;
    }
  }
}
