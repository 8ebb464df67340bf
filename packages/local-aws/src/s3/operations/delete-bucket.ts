import { respond } from '../protocol/response';
import { noSuchBucket, S3Error } from '../protocol/s3-error';
import type { S3Operation } from './operation';

export const deleteBucket: S3Operation = {
  method: 'DELETE',
  on: 'BUCKET',
  call(buckets, { bucketName }) {
    if (!buckets.hasBucket(bucketName)) {
      throw noSuchBucket(bucketName);
    }
    if (buckets.listObjects(bucketName).length > 0) {
      const text = 'The bucket you tried to delete is not empty';
      throw new S3Error('BucketNotEmpty', text, 409, { BucketName: bucketName });
    }
    buckets.deleteBucket(bucketName);
    buckets.onPolicyChange(bucketName, undefined);
    return respond(204, {});
  },
};
