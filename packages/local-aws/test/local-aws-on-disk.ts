import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LocalAws } from '../src';
import { temporaryFolder } from './temporary-folder';

export const NOW = '2026-11-01T18:00:00.000Z';

/** A local AWS with a bucket, and a client that knows nothing about it. */
export function localAwsOnDisk() {
  const aws = new LocalAws({ directory: temporaryFolder(), now: NOW });
  aws.buckets.createBucket('archive');
  return { aws, client: new CloudWatchLogsClient(aws.clientConfig) };
}
