import { type ClientOptions, createLogsClient } from '@log-archiver/aws-clients/create-clients';
import type { ExportLogToS3Request, ExportTask } from '@log-archiver/core';
import { exportLogToS3 } from './export-log-to-s3';

/** Creates the handler on the given transport and clock. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createLogsClient(options);
  return (request: ExportLogToS3Request): Promise<ExportTask> => exportLogToS3(request, clients);
}

export const handler = createHandler();
