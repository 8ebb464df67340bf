import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import { LocalAws, type LogEvent } from '@log-archiver/local-aws';

/** An account with what `OCTOBER_REQUEST` is about: a bucket, and a log group that has no event. */
export function startLocalAws(): LocalAws {
  const aws = new LocalAws({ now: '2026-11-02T03:00:30.000Z' });
  aws.files.createBucket('archive');
  const created = Date.parse('2026-09-01T00:00:00.000Z');
  aws.logs.logGroups.create({ logGroupName: '/app/web' }, created);
  aws.logs.logStreams.create({ logGroupName: '/app/web', logStreamName: 'stream' });
  return aws;
}

export function clientsOf(aws: LocalAws) {
  return { s3: new S3Client(aws.clientConfig), logs: new CloudWatchLogsClient(aws.clientConfig) };
}

export function putEvents(aws: LocalAws, ...timestamps: number[]) {
  const logEvents: LogEvent[] = timestamps.map((timestamp) => ({ timestamp, message: 'GET /' }));
  aws.logs.logEvents.put({ logGroupName: '/app/web', logStreamName: 'stream', logEvents });
}

/** An object of `OCTOBER_REQUEST`'s bucket, which is JSON. */
export function readObject(aws: LocalAws, key: string): unknown {
  return JSON.parse(aws.files.getObject('archive', key).toString());
}

/** The operations that were called, in order. */
export function operations({ requestHandler }: LocalAws): string[] {
  return requestHandler.calls.map(({ operation }) => operation);
}
