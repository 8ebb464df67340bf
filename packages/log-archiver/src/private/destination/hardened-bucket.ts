import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** A bucket as an archive needs it, whoever makes it; it outlives its stack unless told otherwise. */
export function hardenedBucket(
  scope: Construct,
  id: string,
  { encryptionKey, ...props }: Omit<BucketProps, 'encryption' | 'bucketKeyEnabled'> = {},
): Bucket {
  return new Bucket(scope, id, {
    ...props,
    ...(encryptionKey === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
  });
}
