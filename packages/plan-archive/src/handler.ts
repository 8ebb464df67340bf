import { type ClientOptions, createClients } from '@log-archiver/aws-clients/create-clients';
import { runHandler } from '@log-archiver/aws-clients/run-handler';
import type { ArchivePage, PlanArchiveRequest } from '@log-archiver/core';
import { planArchive } from './plan-archive';

/** Creates the handler with the given HTTP handler, clock and log. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createClients(options);
  return (request: PlanArchiveRequest): Promise<ArchivePage> => {
    const subject = { execution: request.execution?.id, page: request.page };
    return runHandler('PlanArchive', subject, () => planArchive(request, clients), clients);
  };
}

export const handler = createHandler();
