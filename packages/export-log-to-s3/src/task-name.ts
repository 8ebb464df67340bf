import { createHash } from 'node:crypto';
import type { ExportTask } from '@log-archiver/core';

const MAX_LENGTH = 512;

/**
 * The same name for the same export, so that a task whose id was lost is found again: a start that a reader of the
 * console understands, and a hash of all that makes the export what it is.
 */
export function taskNameOf(task: Omit<ExportTask, 'taskId'>, periodName: string): string {
  const identity = [task.from, task.to, task.logGroupName, task.s3BucketName, task.destinationPrefix];
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
  const readable = `log-archiver ${periodName} ${task.logGroupName}`;
  return `${readable.slice(0, MAX_LENGTH - hash.length - 1)} ${hash}`;
}
