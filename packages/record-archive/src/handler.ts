import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { RecordArchiveRequest, RecordedArchive } from '@log-archiver/core';
import { recordArchive } from './record-archive';

export interface HandlerOptions {
  readonly requestHandler?: S3ClientConfig['requestHandler'];
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Makes the handler; its clients never retry, since the state machine does, where a reader sees it. */
export function createHandler({ requestHandler, now = Date.now }: HandlerOptions = {}) {
  const config = { maxAttempts: 1, requestHandler, cacheMiddleware: true };
  const clients = { s3: new S3Client(config), logs: new CloudWatchLogsClient(config) };
  return (request: RecordArchiveRequest): Promise<RecordedArchive> => recordArchive(request, clients, now);
}

export const handler = createHandler();
