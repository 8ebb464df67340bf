import { S3Client } from '@aws-sdk/client-s3';
import { LocalAws } from '../../src';

export const NOW = '2026-11-01T18:00:00.250Z';

/** Creates a local AWS with a bucket in memory, and an S3 client. */
export function localS3() {
  const aws = new LocalAws({ now: NOW });
  aws.buckets.createBucket('archive');
  return { aws, client: new S3Client(aws.clientConfig) };
}
