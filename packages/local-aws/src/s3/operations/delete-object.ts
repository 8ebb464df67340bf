import { respond } from '../protocol/response';
import { noSuchBucket } from '../protocol/s3-error';
import type { S3Operation } from './operation';

/** Deletes an object, or does nothing if there is none. */
export const deleteObject: S3Operation = {
  method: 'DELETE',
  on: 'OBJECT',
  call(buckets, { bucketName, key }) {
    if (!buckets.hasBucket(bucketName)) {
      throw noSuchBucket(bucketName);
    }
    buckets.deleteObject(bucketName, key);
    return respond(204, {});
  },
};
