import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { keepRemovalPolicy } from '../keep-removal-policy';

/** Returns the properties of every bucket: private, encrypted, and reached only over TLS. */
export function getSecureBucketProps(encryptionKey?: IKey): BucketProps {
  return {
    ...(encryptionKey === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  };
}

/**
 * Creates a bucket that is fit for an archive. By default it is retained when it is removed from its stack, whatever an
 * aspect of the app says.
 */
export function createHardenedBucket(
  scope: Construct,
  id: string,
  { encryptionKey, ...props }: Omit<BucketProps, 'encryption' | 'bucketKeyEnabled'> = {},
): Bucket {
  const bucket = new Bucket(scope, id, {
    ...props,
    ...getSecureBucketProps(encryptionKey),
    versioned: true,
  });
  keepRemovalPolicy(
    bucket,
    'the archive is retained although an aspect would delete it; to delete it with its stack, call applyRemovalPolicy ' +
      'on the bucket',
  );
  return bucket;
}
