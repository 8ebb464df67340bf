import { createHash } from 'node:crypto';

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

/** Returns the SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
