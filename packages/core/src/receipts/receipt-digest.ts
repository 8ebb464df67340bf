import { createHash } from 'node:crypto';
import type { CountedObjects } from '../contract';

/** An object of an export task. */
export interface DigestedObject {
  /** Key below `<destinationPrefix>/<taskId>/`. */
  name: string;
  size: number;
  /** ETag of S3, without its quotes. */
  etag: string;
}

/** Digest of no objects. */
export const EMPTY_DIGEST = '';

/**
 * Adds an object to the digest of a task's objects.
 *
 * The objects must come in the order of their keys, as S3 lists them. A removed, replaced, added or renamed object changes
 * the digest. Each step hashes the digest before it, so counting can stop after any object and continue in another
 * invocation.
 */
export function foldObject(digest: string, { name, size, etag }: DigestedObject): string {
  return createHash('sha256')
    .update(JSON.stringify([digest, name, size, etag]))
    .digest('hex');
}

export const NO_OBJECTS: CountedObjects = {
  objects: 0,
  bytes: 0,
  digest: EMPTY_DIGEST,
  firstObject: null,
  lastObject: null,
};

/** Objects that AWS writes to test its permissions. They are not part of an export. */
const WRITE_TESTS = ['aws-logs-write-test', 'aws-logs-write-test-multipartupload'];

/** Whether an object below a task's folder is part of the export. */
export function isExported(name: string): boolean {
  return !WRITE_TESTS.includes(name);
}

/** Counts an object, in the order of the keys. A recorder and a verifier of a task must count in the same way. */
export function countObject(counted: CountedObjects, object: DigestedObject): CountedObjects {
  const { name, size } = object;
  return isExported(name)
    ? {
        objects: counted.objects + 1,
        bytes: counted.bytes + size,
        digest: foldObject(counted.digest, object),
        firstObject: counted.firstObject ?? name,
        lastObject: name,
      }
    : counted;
}

/** Returns the SHA-256 of a string, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
