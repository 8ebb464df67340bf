import { type ClientOptions, createClients } from '@log-archiver/aws-clients/create-clients';
import type { ArchivePage, PlanArchiveRequest } from '@log-archiver/core';
import { planArchive } from './plan-archive';

/** Creates the handler with the given HTTP handler and clock. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createClients(options);
  return (request: PlanArchiveRequest): Promise<ArchivePage> => planArchive(request, clients);
}

export const handler = createHandler();
