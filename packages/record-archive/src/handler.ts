import { type ClientOptions, createRecordClients } from '@log-archiver/aws-clients/create-clients';
import { createBindingCheck } from '@log-archiver/aws-clients/function-binding';
import { runHandler } from '@log-archiver/aws-clients/run-handler';
import type { ArchiveOutcome, RecordArchiveRequest } from '@log-archiver/core';
import { recordArchive } from './record-archive';

/** Creates the handler on the given transport, environment, clock and log. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createRecordClients(options);
  const checkBinding = createBindingCheck(options);
  return (request: RecordArchiveRequest): Promise<ArchiveOutcome> => {
    const { logGroupName, period } = request?.item ?? {};
    const subject = { execution: request?.execution?.id, logGroupName, period };
    const handle = async () => {
      checkBinding(request?.parameters, ['s3BucketName', 'account']);
      return recordArchive(request, clients);
    };
    return runHandler('RecordArchive', subject, handle, clients);
  };
}

export const handler = createHandler();
