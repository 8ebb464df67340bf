import { type ClientOptions, createRecordClients } from '@log-archiver/aws-clients/create-clients';
import { runHandler } from '@log-archiver/aws-clients/run-handler';
import type { RecordArchiveRequest, RecordedArchive } from '@log-archiver/core';
import { recordArchive } from './record-archive';

/** Creates the handler on the given transport, clock and log. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createRecordClients(options);
  return (request: RecordArchiveRequest): Promise<RecordedArchive> => {
    const { logGroupName, period } = request?.item ?? {};
    const subject = { execution: request?.execution?.id, logGroupName, period };
    return runHandler('RecordArchive', subject, () => recordArchive(request, clients), clients);
  };
}

export const handler = createHandler();
