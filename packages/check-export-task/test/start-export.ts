import type { ClientOptions } from '@log-archiver/aws-clients/create-clients';
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

/** Options of a function on a local AWS, whose waits move the clock of the account. */
export function waitOn({ requestHandler, clock }: LocalAws): ClientOptions {
  const wait = (milliseconds: number) => clock.moveTo(clock.now() + milliseconds);
  return { requestHandler, now: clock.now, wait };
}
