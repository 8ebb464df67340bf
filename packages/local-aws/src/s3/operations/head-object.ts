import { respond } from '../protocol/response';
import { describeChecksums, describeObject, findObject } from './find-object';
import type { S3Operation } from './operation';

/** Returns the headers of GetObject without the object. */
export const headObject: S3Operation = {
  method: 'HEAD',
  on: 'OBJECT',
  call(buckets, request) {
    const object = findObject(buckets, request);
    const described = { ...describeObject(object), ...describeChecksums(object, request) };
    return respond(200, { ...described, 'content-length': String(object.body.length) });
  },
};
