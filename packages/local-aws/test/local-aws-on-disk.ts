import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LocalAws } from '../src';

export const NOW = '2026-11-01T18:00:00.000Z';

/** A local AWS with a bucket, and a client that knows nothing about it. */
export function localAwsOnDisk() {
  const aws = new LocalAws({ directory: mkdtempSync(join(tmpdir(), 'local-aws-')), now: NOW });
  aws.files.createBucket('archive');
  return { aws, client: new CloudWatchLogsClient(aws.clientConfig) };
}
