import { type ClientOptions, createRecordClients } from '@log-archiver/aws-clients/create-clients';
import type { RecordArchiveRequest, RecordedArchive } from '@log-archiver/core';
import { recordArchive } from './record-archive';

/** Creates the handler on the given transport and clock. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createRecordClients(options);
  return (request: RecordArchiveRequest): Promise<RecordedArchive> => recordArchive(request, clients);
}

export const handler = createHandler();
