import { type ClientOptions, createLogsClient } from '@log-archiver/aws-clients/create-clients';
import { createBindingCheck } from '@log-archiver/aws-clients/function-binding';
import { runHandler } from '@log-archiver/aws-clients/run-handler';
import type { ExportLogToS3Request, ExportTask } from '@log-archiver/core';
import { exportLogToS3 } from './export-log-to-s3';

/** Creates the handler on the given transport, environment, clock and log. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createLogsClient(options);
  const checkBinding = createBindingCheck(options);
  return (request: ExportLogToS3Request): Promise<ExportTask> => {
    const { logGroupName, period } = request?.item ?? {};
    const subject = { execution: request?.execution, logGroupName, period };
    const handle = async () => {
      checkBinding(request, ['s3BucketName']);
      return exportLogToS3(request, clients);
    };
    return runHandler('ExportLogToS3', subject, handle, clients);
  };
}

export const handler = createHandler();
