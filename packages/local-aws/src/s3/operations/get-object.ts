import { parseRange } from '../protocol/range';
import { respond } from '../protocol/response';
import { S3Error } from '../protocol/s3-error';
import { getStorageClass, isReadable } from '../storage/storage-class';
import { describeChecksums, describeObject, findObject } from './find-object';
import type { S3Operation } from './operation';

/** Reads an object, or a range of its bytes. */
export const getObject: S3Operation = {
  method: 'GET',
  on: 'OBJECT',
  headers: { range: 'Range' },
  call(buckets, request) {
    const object = findObject(buckets, request);
    if (!isReadable(object, buckets.now())) {
      const text = "The operation is not valid for the object's storage class";
      throw new S3Error('InvalidObjectState', text, 403, { StorageClass: getStorageClass(object) });
    }
    const { body } = object;
    const range = parseRange(request.headers.range, body.length);
    if (!range) {
      return respond(200, { ...describeObject(object), ...describeChecksums(object, request) }, body);
    }
    const contentRange = `bytes ${range.first}-${range.last}/${body.length}`;
    const part = body.subarray(range.first, range.last + 1);
    // Without checksums, which are those of the whole object.
    return respond(206, { ...describeObject(object), 'content-range': contentRange }, part);
  },
};
