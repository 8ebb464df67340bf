import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ListedObject } from '@log-archiver/verify-archive/archive-bucket';
import { AwsCallError } from '../aws/aws-call-error';
import { UserError } from '../errors';

/** Objects up to this size are downloaded while others are read: most objects of an export are tiny. */
const MAX_PREFETCH_BYTES = 1_024 * 1_024;
const PREFETCHED_OBJECTS = 16;
/** Attempts to continue a download whose connection broke. */
const MAX_ATTEMPTS = 5;
const MIN_CHUNK_BYTES = 4 * 1_024;
const MAX_CHUNK_BYTES = 256 * 1_024;
/** Text is rarely compressed better than this. A content that is gets more chunks. */
const COMPRESSION_RATIO = 16;

/** Access to the objects of a bucket. */
export interface ObjectAccess {
  readonly s3: S3Client;
  readonly s3BucketName: string;
}

export interface OpenObject extends ListedObject {
  /** Compressed content. */
  readonly content: Iterable<Buffer> | AsyncIterable<Buffer>;
}

/** Opens objects in order. Downloads the next small ones meanwhile. */
export async function* openObjects(
  access: ObjectAccess,
  objects: AsyncIterable<ListedObject>,
): AsyncGenerator<OpenObject> {
  const queue: { object: ListedObject; body?: Promise<Buffer> }[] = [];
  const open = async ({ object, body }: (typeof queue)[number]): Promise<OpenObject> => ({
    ...object,
    content: body === undefined ? download(access, object) : [await body],
  });
  for await (const object of objects) {
    const body = object.size <= MAX_PREFETCH_BYTES ? downloadWhole(access, object) : undefined;
    // The error is thrown when the turn of the object comes.
    body?.catch(() => undefined);
    queue.push({ object, body });
    if (queue.length === PREFETCHED_OBJECTS) {
      yield open(queue.shift() as (typeof queue)[number]);
    }
  }
  for (const next of queue) {
    yield open(next);
  }
}

/** Decompresses an object. */
export async function* decompress({ key, size, content }: OpenObject, { s3BucketName }: ObjectAccess) {
  const chunkSize = Math.min(Math.max(MIN_CHUNK_BYTES, size * COMPRESSION_RATIO), MAX_CHUNK_BYTES);
  const gunzip = createGunzip({ chunkSize });
  pipeline(Readable.from(content), gunzip, () => {
    // The error also ends the loop below.
  });
  try {
    for await (const chunk of gunzip) {
      yield chunk as Buffer;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) {
      throw new UserError(`s3://${s3BucketName}/${key} must be a gzip file, got ${(error as Error).message}`);
    }
    throw error;
  }
}

async function downloadWhole(access: ObjectAccess, object: ListedObject): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of download(access, object)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Downloads an object. Continues where it was if the connection breaks, after hours maybe. */
async function* download({ s3, s3BucketName }: ObjectAccess, { key }: ListedObject): AsyncGenerator<Buffer> {
  const input = { Bucket: s3BucketName, Key: key };
  let received = 0;
  for (let attempt = 1; ; attempt++) {
    const start = received;
    const { Body } = await s3.send(
      new GetObjectCommand({ ...input, Range: start === 0 ? undefined : `bytes=${start}-` }),
    );
    try {
      for await (const chunk of Body as Readable) {
        received += chunk.length;
        yield chunk;
      }
      return;
    } catch (error) {
      attempt = received > start ? 1 : attempt;
      if (attempt === MAX_ATTEMPTS) {
        throw new AwsCallError(error as Error, 'GetObjectCommand', input, undefined);
      }
    }
  }
}
