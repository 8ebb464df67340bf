import { selectChecksums } from '../protocol/content';
import { noSuchBucket, S3Error } from '../protocol/s3-error';
import type { StoredObject } from '../storage/bucket';
import type { Buckets } from '../storage/buckets';
import type { S3Request } from './operation';

/** Returns the requested object, or throws the error of S3 if it does not exist. */
export function findObject(buckets: Buckets, { bucketName, key }: S3Request): StoredObject {
  const bucket = buckets.findBucket(bucketName);
  if (!bucket) {
    throw noSuchBucket(bucketName);
  }
  const object = bucket.get(key);
  if (!object) {
    throw new S3Error('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
  }
  return object;
}

/** Header of S3's default encryption, which the answers about an object have. */
export const ENCRYPTION = { 'x-amz-server-side-encryption': 'AES256' };

/** Returns the headers that describe an object in an answer, without its checksums. */
export function describeObject({ eTag, lastModified, headers }: StoredObject): Record<string, string> {
  const described = Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-'));
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(described),
    'accept-ranges': 'bytes',
    etag: eTag,
    ...ENCRYPTION,
    'last-modified': new Date(lastModified).toUTCString(),
  };
}

/** Returns the checksums of an object if the request asks for them. */
export function describeChecksums(object: StoredObject, { headers }: S3Request): Record<string, string> {
  return headers['x-amz-checksum-mode'] === 'ENABLED' ? selectChecksums(object.headers) : {};
}
