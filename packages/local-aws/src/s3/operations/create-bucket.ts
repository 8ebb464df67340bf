import { respond } from '../protocol/response';
import { S3Error } from '../protocol/s3-error';
import type { S3Operation } from './operation';

export const createBucket: S3Operation = {
  method: 'PUT',
  on: 'BUCKET',
  call(buckets, { bucketName }) {
    if (buckets.hasBucket(bucketName)) {
      const text = 'Your previous request to create the named bucket succeeded and you already own it.';
      throw new S3Error('BucketAlreadyOwnedByYou', text, 409, { BucketName: bucketName });
    }
    buckets.createBucket(bucketName);
    buckets.onPolicyChange(bucketName, { Statement: [] });
    return respond(200, { location: `/${bucketName}` });
  },
};
