import type { BucketProperties } from './rendered-bucket';

/** Returns an error message for each encryption of the bucket with which CloudWatch Logs cannot export. */
export function findEncryptionErrors({ BucketEncryption }: BucketProperties): string[] {
  const configurations = BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  return configurations.flatMap(({ ServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } = {} }) => {
    if (SSEAlgorithm === 'aws:kms:dsse') {
      return ['bucket must use SSE-S3 or SSE-KMS; CloudWatch Logs cannot export to DSSE-KMS buckets'];
    }
    return SSEAlgorithm === 'aws:kms' && isManagedByAws(KMSMasterKeyID)
      ? [
          'bucket must use SSE-S3 or a customer-managed KMS key; CloudWatch Logs cannot use the AWS-managed key aws/s3, ' +
            'whose policy cannot be changed',
        ]
      : [];
  });
}

/** Without a key, S3 uses `aws/s3`. */
function isManagedByAws(key: unknown): boolean {
  return key === undefined || (typeof key === 'string' && key.endsWith('alias/aws/s3'));
}
