import type { ArchivePage, PlanArchiveRequest } from '@log-archiver/core';
import { planArchive } from './plan-archive';
import { connect, type ServicesOptions } from './services';

/** Makes the handler, on the clients and the clock it is given. */
export function createHandler(options: ServicesOptions = {}) {
  const services = connect(options);
  return (request: PlanArchiveRequest): Promise<ArchivePage> => planArchive(request, services);
}

export const handler = createHandler();
