import { type ClientOptions, createLogsClient } from '@log-archiver/aws-clients/create-clients';
import { runHandler } from '@log-archiver/aws-clients/run-handler';
import type { ExportLogToS3Request, ExportTask } from '@log-archiver/core';
import { exportLogToS3 } from './export-log-to-s3';

/** Creates the handler on the given transport, clock and log. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createLogsClient(options);
  return (request: ExportLogToS3Request): Promise<ExportTask> => {
    const { logGroupName, period } = request?.item ?? {};
    const subject = { execution: request?.execution, logGroupName, period };
    return runHandler('ExportLogToS3', subject, () => exportLogToS3(request, clients), clients);
  };
}

export const handler = createHandler();
