import { parseRange } from '../protocol/range';
import { respond } from '../protocol/response';
import { noSuchBucket, S3Error } from '../protocol/s3-error';
import type { StoredObject } from '../storage/bucket';
import type { Buckets } from '../storage/buckets';
import type { Operation, S3Request } from './operation';

/** Reads an object, or a range of its bytes. */
export const getObject: Operation = {
  method: 'GET',
  on: 'OBJECT',
  headers: { range: 'Range' },
  call(buckets, request) {
    const object = find(buckets, request);
    const { body } = object;
    const range = parseRange(request.headers.range, body.length);
    if (!range) {
      return respond(200, describeObject(object), body);
    }
    const contentRange = `bytes ${range.first}-${range.last}/${body.length}`;
    const part = body.subarray(range.first, range.last + 1);
    return respond(206, { ...describeObject(object), 'content-range': contentRange }, part);
  },
};

/** What GetObject answers, without the object. */
export const headObject: Operation = {
  method: 'HEAD',
  on: 'OBJECT',
  call(buckets, request) {
    const object = find(buckets, request);
    return respond(200, { ...describeObject(object), 'content-length': String(object.body.length) });
  },
};

function find(buckets: Buckets, { bucketName, key }: S3Request): StoredObject {
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

function describeObject({ eTag, lastModified, headers }: StoredObject): Record<string, string> {
  return {
    'content-type': 'binary/octet-stream',
    ...headers,
    'accept-ranges': 'bytes',
    etag: eTag,
    'last-modified': new Date(lastModified).toUTCString(),
  };
}
