import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import { countObject, isExported, NO_OBJECTS } from '@log-archiver/core';
import type { ArchiveBucket, ListedObject } from '@log-archiver/verify-archive/archive-bucket';
import { PARALLEL_CALLS } from './find-archives';
import type { SourceTask } from './list-tasks';

/** Storage classes whose objects cannot be read before they are restored. */
const ARCHIVED_CLASSES = ['GLACIER', 'DEEP_ARCHIVE'];

export interface ObjectCount {
  objects: number;
  bytes: number;
}

/** Objects of some tasks. */
export interface ScannedObjects extends ObjectCount {
  /** Objects that must be restored, by storage class. */
  readonly archived: Map<string, ObjectCount>;
  /** Tasks whose objects are not those of their receipt. */
  readonly differences: string[];
}

/** Lists the exported objects of a task, in the order of their keys. With `stream`, only those of a log stream. */
export async function* listTaskObjects(
  bucket: ArchiveBucket,
  { folder }: SourceTask,
  stream: string | undefined,
): AsyncGenerator<ListedObject> {
  const prefix = stream === undefined ? folder : `${folder}${stream}/`;
  let token: string | undefined;
  do {
    const page = await bucket.list(prefix, { restore: true, token });
    yield* page.objects.filter(({ key }) => isExported(key.slice(folder.length)));
    token = page.nextToken;
  } while (token !== undefined);
}

/** Whether an object must be restored before it can be read. */
export function isArchived({ storageClass, restore }: ListedObject): boolean {
  return ARCHIVED_CLASSES.includes(storageClass) && restore !== 'RESTORED';
}

/** Counts the objects of tasks, and compares them with their receipts. Reads no object. */
export async function scanObjects(
  bucket: ArchiveBucket,
  tasks: readonly SourceTask[],
  stream: string | undefined,
): Promise<ScannedObjects> {
  const scanned: ScannedObjects = { objects: 0, bytes: 0, archived: new Map(), differences: [] };
  await inParallel(tasks, PARALLEL_CALLS, async (task) => {
    let counted = NO_OBJECTS;
    for await (const object of listTaskObjects(bucket, task, stream)) {
      counted = countObject(counted, { ...object, name: object.key.slice(task.folder.length) });
      if (isArchived(object)) {
        const { storageClass, size } = object;
        const count = scanned.archived.get(storageClass) ?? { objects: 0, bytes: 0 };
        scanned.archived.set(storageClass, { objects: count.objects + 1, bytes: count.bytes + size });
      }
    }
    scanned.objects += counted.objects;
    scanned.bytes += counted.bytes;
    const { objects, bytes, digest } = task.task;
    if (stream === undefined && (counted.objects !== objects || counted.digest !== digest)) {
      scanned.differences.push(
        `${task.folder} must have the ${objects} objects (${bytes} bytes) of its receipt, ` +
          `got ${counted.objects} (${counted.bytes} bytes); they have expired, or the archive was changed`,
      );
    }
  });
  return scanned;
}
