import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { listObjects } from '@log-archiver/aws-clients/list-objects';
import { type ExportTask, foldObject, type RecordProgress } from '@log-archiver/core';
import type { ExportedFolders } from './exported-folders';
import { forEachPage, type InvocationBudget } from './invocation-budget';

/** Objects that AWS writes to test its permissions. */
const WRITE_TESTS = ['aws-logs-write-test', 'aws-logs-write-test-multipartupload'];

/** Counts the objects of an export task, from the last counted key. */
export async function countObjects(
  { s3 }: Pick<Clients, 's3'>,
  { s3BucketName }: ExportTask,
  folders: ExportedFolders,
  start: RecordProgress,
  budget: InvocationBudget,
): Promise<RecordProgress> {
  const { prefix } = folders;
  // A page may be empty without being the last, so within an invocation S3's own token is used to continue.
  const { progress } = await forEachPage<{ progress: RecordProgress; token?: string }>(
    { progress: start },
    ({ progress: { isCounted } }) => isCounted,
    async ({ progress: { lastKey, ...progress }, token }) => {
      const page = await listObjects(s3, s3BucketName, prefix, { token, lastKey: lastKey ?? undefined });
      const objects = page.objects
        .map(({ key, ...object }) => ({ ...object, name: key.slice(prefix.length) }))
        .filter(({ name }) => !WRITE_TESTS.includes(name));
      for (const { name } of objects) {
        folders.see(name);
      }
      return {
        progress: {
          ...progress,
          objects: progress.objects + objects.length,
          bytes: objects.reduce((bytes, { size }) => bytes + size, progress.bytes),
          digest: objects.reduce(foldObject, progress.digest),
          firstObject: progress.firstObject ?? objects[0]?.name ?? null,
          lastObject: objects.at(-1)?.name ?? progress.lastObject,
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
