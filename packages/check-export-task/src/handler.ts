import { CloudWatchLogsClient, type CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import type { CompletedExportTask, ExportTask } from '@log-archiver/core';
import { checkExportTask } from './check-export-task';

export interface HandlerOptions {
  readonly requestHandler?: CloudWatchLogsClientConfig['requestHandler'];
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Makes the handler; the client never retries, since the state machine does, where a reader sees it. */
export function createHandler({ requestHandler, now = Date.now }: HandlerOptions = {}) {
  const logs = new CloudWatchLogsClient({ maxAttempts: 1, requestHandler, cacheMiddleware: true });
  return (task: ExportTask): Promise<CompletedExportTask> => checkExportTask(task, logs, now);
}

export const handler = createHandler();
