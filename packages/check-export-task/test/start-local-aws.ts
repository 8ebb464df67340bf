import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportTask } from '@log-archiver/core';
import { LocalAws } from '@log-archiver/local-aws';

const directories: string[] = [];

afterAll(() => {
  for (const directory of directories) {
    rmSync(directory, { recursive: true });
  }
});

/** An account with a bucket and a log group to export. */
export function startLocalAws(): LocalAws {
  const directory = mkdtempSync(join(tmpdir(), 'check-export-task-'));
  directories.push(directory);
  const aws = new LocalAws({ directory, now: '2026-11-02T03:00:05.000Z' });
  aws.files.createBucket('archive');
  const created = Date.parse('2026-09-01T00:00:00.000Z');
  aws.logs.logGroups.create({ logGroupName: '/app/web' }, created);
  return aws;
}

/** Starts the export of October, and answers as `ExportLogToS3` does. */
export function startExport(aws: LocalAws): ExportTask {
  const task = { logGroupName: '/app/web', s3BucketName: 'archive', destinationPrefix: '2026/10/app/web' };
  const { taskId } = aws.logs.exportTasks.create({
    ...task,
    from: Date.parse('2026-09-30T15:00:00.000Z'),
    to: Date.parse('2026-10-31T14:59:59.999Z'),
    destination: task.s3BucketName,
  });
  return { ...task, taskId };
}
