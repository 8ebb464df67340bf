import type { PolicyDocument } from '../../iam/policy-document';
import { respond } from '../protocol/response';
import { noSuchBucket, S3Error } from '../protocol/s3-error';
import type { PolicySize } from '../storage/buckets';
import type { S3Operation } from './operation';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
const MAX_POLICY_BYTES = 20 * 1_024;

/** Replaces the policy of a bucket. */
export const putBucketPolicy: S3Operation = {
  method: 'PUT',
  on: 'BUCKET',
  marker: { policy: '' },
  call(buckets, { bucketName, bytes }) {
    if (!buckets.hasBucket(bucketName)) {
      throw noSuchBucket(bucketName);
    }
    const text = bytes.toString();
    if (measure(text, buckets.policySize) > MAX_POLICY_BYTES) {
      throw new S3Error('PolicyTooLarge', 'Policy exceeds the maximum allowed document size.', 400);
    }
    buckets.onPolicyChange(bucketName, parse(text));
    return respond(204, {});
  },
};

/** Measures a policy, with account IDs as they are written, or after AWS has turned them into ARNs. */
function measure(text: string, size: PolicySize): number {
  return Buffer.byteLength(size === 'AS_WRITTEN' ? text : text.replaceAll(/"(\d{12})"/g, '"arn:aws:iam::$1:root"'));
}

function parse(text: string): PolicyDocument {
  try {
    return JSON.parse(text);
  } catch {
    throw new S3Error('MalformedPolicy', 'Policies must be valid JSON and the first byte must be "{"', 400);
  }
}
