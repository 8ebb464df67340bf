import { type ClientOptions, createLogsClient } from '@log-archiver/aws-clients/create-clients';
import { runHandler } from '@log-archiver/aws-clients/run-handler';
import type { CompletedExportTask, ExportTask } from '@log-archiver/core';
import { checkExportTask } from './check-export-task';

/** Creates the handler on the given transport, clock and log. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createLogsClient(options);
  return (task: ExportTask): Promise<CompletedExportTask> => {
    const { execution, logGroupName, period } = task ?? {};
    const subject = { execution, logGroupName, period };
    return runHandler('CheckExportTask', subject, () => checkExportTask(task, clients), clients);
  };
}

export const handler = createHandler();
