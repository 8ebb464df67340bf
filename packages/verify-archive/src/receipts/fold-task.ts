import { EMPTY_DIGEST, foldObject, type ReceiptTask } from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import type { Budget } from '../budget';

/** Objects that AWS writes to test its permission. Receipts do not count them. */
const WRITE_TESTS = ['aws-logs-write-test', 'aws-logs-write-test-multipartupload'];

/** Objects of a task, as far as they are counted. */
export interface FoldedTask extends Pick<ReceiptTask, 'objects' | 'bytes' | 'digest' | 'firstObject' | 'lastObject'> {
  /** Last listed key; `null`: none yet. */
  lastKey: string | null;
  /** Whether all objects are counted. */
  isFolded: boolean;
}

export const NOTHING_FOLDED: FoldedTask = {
  objects: 0,
  bytes: 0,
  digest: EMPTY_DIGEST,
  firstObject: null,
  lastObject: null,
  lastKey: null,
  isFolded: false,
};

/** Counts the objects below a task's folder, from the last listed key, until the end or the end of the budget. */
export async function foldTask(
  bucket: ArchiveBucket,
  folder: string,
  start: FoldedTask,
  budget: Budget,
): Promise<FoldedTask> {
  const folded = { ...start };
  let token: string | undefined;
  do {
    const page = await bucket.list(folder, { token, lastKey: folded.lastKey ?? undefined });
    for (const { key, size, etag } of page.objects) {
      const name = key.slice(folder.length);
      folded.lastKey = key;
      if (!WRITE_TESTS.includes(name)) {
        folded.objects += 1;
        folded.bytes += size;
        folded.digest = foldObject(folded.digest, { name, size, etag });
        folded.firstObject ??= name;
        folded.lastObject = name;
      }
    }
    token = page.nextToken;
  } while (token !== undefined && !budget.isUsed);
  return { ...folded, isFolded: token === undefined };
}
