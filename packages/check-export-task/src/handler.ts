import { CloudWatchLogsClient, type CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import type { CompletedExportTask, ExportTask } from '@log-archiver/core';
import { checkExportTask } from './check-export-task';

export interface HandlerOptions {
  readonly requestHandler?: CloudWatchLogsClientConfig['requestHandler'];
}

/** Makes the handler; the client never retries, since the state machine does, where a reader sees it. */
export function createHandler({ requestHandler }: HandlerOptions = {}) {
  const logs = new CloudWatchLogsClient({ maxAttempts: 1, requestHandler });
  return (task: ExportTask): Promise<CompletedExportTask> => checkExportTask(task, logs);
}

export const handler = createHandler();
