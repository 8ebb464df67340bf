import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { listObjects } from '@log-archiver/aws-clients/list-objects';
import { countObject, type ExportTask, type RecordProgress } from '@log-archiver/core';
import type { ExportedFolders } from './exported-folders';
import { forEachPage, type InvocationBudget } from './invocation-budget';

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
      const objects = page.objects.map(({ key, ...object }) => ({ ...object, name: key.slice(prefix.length) }));
      for (const { name } of objects) {
        folders.see(name);
      }
      return {
        progress: {
          ...progress,
          ...objects.reduce(countObject, progress),
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
