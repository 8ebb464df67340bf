import { countObject, type FoldedTask, NO_OBJECTS } from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import type { Budget } from '../budget';

export const NOTHING_FOLDED: FoldedTask = { ...NO_OBJECTS, lastKey: null, isFolded: false };

/** Counts the objects below a task's folder, from the last listed key, until the end or the end of the budget. */
export async function foldTask(
  bucket: ArchiveBucket,
  folder: string,
  start: FoldedTask,
  budget: Pick<Budget, 'isUsed'>,
): Promise<FoldedTask> {
  let folded = start;
  let token: string | undefined;
  do {
    const page = await bucket.list(folder, { token, lastKey: folded.lastKey ?? undefined });
    const objects = page.objects.map(({ key, ...object }) => ({ ...object, name: key.slice(folder.length) }));
    const lastKey = page.objects.at(-1)?.key ?? folded.lastKey;
    folded = { ...folded, ...objects.reduce(countObject, folded), lastKey };
    token = page.nextToken;
  } while (token !== undefined && !budget.isUsed);
  return { ...folded, isFolded: token === undefined };
}
