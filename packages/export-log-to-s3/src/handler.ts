import { CloudWatchLogsClient, type CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import type { ExportLogToS3Request, ExportTask } from '@log-archiver/core';
import { exportLogToS3 } from './export-log-to-s3';

export interface HandlerOptions {
  readonly requestHandler?: CloudWatchLogsClientConfig['requestHandler'];
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Makes the handler; the client never retries, since the state machine does, where a reader sees it. */
export function createHandler({ requestHandler, now = Date.now }: HandlerOptions = {}) {
  const logs = new CloudWatchLogsClient({ maxAttempts: 1, requestHandler, cacheMiddleware: true });
  return (request: ExportLogToS3Request): Promise<ExportTask> => exportLogToS3(request, logs, now);
}

export const handler = createHandler();
