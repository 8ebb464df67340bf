import type { S3Client } from '@aws-sdk/client-s3';
import type { ExportTask, RecordProgress } from '@log-archiver/core';
import { listObjects } from './list-objects';
import { type Budget, pageByPage } from './page-by-page';

/** What AWS writes to see whether it may. */
const WRITE_TEST = 'aws-logs-write-test';

/** Counts what an export task wrote, from where it stopped the last time. */
export async function countObjects(
  s3: S3Client,
  task: ExportTask,
  start: RecordProgress,
  budget: Budget,
): Promise<RecordProgress> {
  const prefix = `${task.destinationPrefix}/${task.taskId}/`;
  // Pages may be empty and not the last: within an invocation S3's own token goes on from there, too.
  const { progress } = await pageByPage<{ progress: RecordProgress; token?: string }>(
    { progress: start },
    ({ progress: { isCounted } }) => isCounted,
    async ({ progress: { lastKey, ...progress }, token }) => {
      const page = await listObjects(s3, task.s3BucketName, prefix, { token, lastKey: lastKey ?? undefined });
      const objects = page.objects.filter(({ key }) => key !== prefix + WRITE_TEST);
      return {
        progress: {
          ...progress,
          objects: progress.objects + objects.length,
          bytes: objects.reduce((bytes, { size }) => bytes + size, progress.bytes),
          lastKey: page.objects.at(-1)?.key ?? lastKey,
          isCounted: page.nextToken === undefined,
        },
        token: page.nextToken,
      };
    },
    budget,
  );
  return progress;
}
