import { EXECUTION, OCTOBER_ITEM } from '@log-archiver/aws-clients/testing';
import type { ExportTask } from '@log-archiver/core';
import type { LocalAws } from '@log-archiver/local-aws';

/** Starts the export of October, and returns the response of `ExportLogToS3`. */
export function startExport(aws: LocalAws): ExportTask {
  const { logGroupName, period, from, to, destinationPrefix } = OCTOBER_ITEM;
  const destination = 'archive';
  const { taskId } = aws.logs.exportTasks.create({ logGroupName, from, to, destination, destinationPrefix });
  return { logGroupName, period, s3BucketName: destination, destinationPrefix, taskId, execution: EXECUTION.id };
}
