import { type ClientOptions, connect } from '@log-archiver/aws-clients/create-clients';
import type { ArchivePage, PlanArchiveRequest } from '@log-archiver/core';
import { planArchive } from './plan-archive';

/** Makes the handler, on the clients and the clock it is given. */
export function createHandler(options: ClientOptions = {}) {
  const services = connect(options);
  return (request: PlanArchiveRequest): Promise<ArchivePage> => planArchive(request, services);
}

export const handler = createHandler();
