import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LocalAws } from '../src';
import { temporaryFolder } from './temporary-folder';

export const NOW = '2026-11-01T18:00:00.000Z';

/** Creates a local AWS with a bucket on disk, and a client that calls it in-process. */
export function localAwsOnDisk() {
  const aws = new LocalAws({ directory: temporaryFolder(), now: NOW });
  aws.buckets.createBucket('archive');
  return { aws, client: new CloudWatchLogsClient(aws.clientConfig) };
}
