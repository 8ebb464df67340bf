import { Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { newArchiver, newStack } from '../../archiver-stack';

const MANAGED_BY_AWS = new Error(
  'bucket must use SSE-S3 or a customer-managed KMS key; CloudWatch Logs cannot use the AWS-managed key aws/s3, whose ' +
    'policy cannot be changed',
);

function createCfnBucket(kmsMasterKeyId?: string) {
  const stack = newStack();
  const serverSideEncryptionByDefault = { sseAlgorithm: 'aws:kms', kmsMasterKeyId };
  const bucket = new CfnBucket(stack, 'Bucket', {
    bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault }] },
  });
  return { stack, bucket };
}

describe('the destination bucket', () => {
  it('is rejected with the key that AWS manages', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS_MANAGED });
    expect(() => newArchiver(stack, { bucket })).toThrow(MANAGED_BY_AWS);
  });

  it('is rejected as a CfnBucket with SSE-KMS and no key', () => {
    const { stack, bucket } = createCfnBucket();
    expect(() => newArchiver(stack, { bucket: Bucket.fromCfnBucket(bucket) })).toThrow(MANAGED_BY_AWS);
  });

  it.each(['alias/aws/s3', 'arn:aws:kms:ap-northeast-1:123456789012:alias/aws/s3'])(
    'is rejected with an escape hatch to the key %s',
    (key) => {
      const stack = newStack();
      const bucket = new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS_MANAGED });
      (bucket.node.defaultChild as CfnBucket).addPropertyOverride(
        'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID',
        key,
      );
      expect(() => newArchiver(stack, { bucket })).toThrow(MANAGED_BY_AWS);
    },
  );

  it.each([BucketEncryption.S3_MANAGED, BucketEncryption.KMS])('is accepted with %s', (encryption) => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket', { encryption });
    expect(() => newArchiver(stack, { bucket })).not.toThrow();
  });

  it('is accepted as a CfnBucket with a customer-managed key', () => {
    const { stack, bucket } = createCfnBucket(
      'arn:aws:kms:ap-northeast-1:123456789012:key/12345678-1234-1234-1234-123456789012',
    );
    expect(() => newArchiver(stack, { bucket: Bucket.fromCfnBucket(bucket) })).not.toThrow();
  });
});
