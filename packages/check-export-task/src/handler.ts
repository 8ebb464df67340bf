import { type ClientOptions, createLogsClient } from '@log-archiver/aws-clients/create-clients';
import type { CompletedExportTask, ExportTask } from '@log-archiver/core';
import { checkExportTask } from './check-export-task';

/** Creates the handler on the given transport and clock. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createLogsClient(options);
  return (task: ExportTask): Promise<CompletedExportTask> => checkExportTask(task, clients);
}

export const handler = createHandler();
