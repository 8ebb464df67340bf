import { type ClientOptions, createLogsClient } from '@log-archiver/aws-clients/create-clients';
import { createBindingCheck } from '@log-archiver/aws-clients/function-binding';
import { runHandler } from '@log-archiver/aws-clients/run-handler';
import type { CompletedExportTask, ExportTask } from '@log-archiver/core';
import { checkExportTask } from './check-export-task';

/** Creates the handler on the given transport, environment, clock and log. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createLogsClient(options);
  const checkBinding = createBindingCheck(options);
  return (task: ExportTask): Promise<CompletedExportTask> => {
    const { execution, logGroupName, period } = task ?? {};
    const subject = { execution, logGroupName, period };
    const handle = async () => {
      checkBinding(task, ['s3BucketName']);
      return checkExportTask(task, clients);
    };
    return runHandler('CheckExportTask', subject, handle, clients);
  };
}

export const handler = createHandler();
