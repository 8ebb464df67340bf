import { type ClientOptions, createClients } from '@log-archiver/aws-clients/create-clients';
import { createBindingCheck } from '@log-archiver/aws-clients/function-binding';
import { runHandler } from '@log-archiver/aws-clients/run-handler';
import type { ArchivePage, PlanArchiveRequest } from '@log-archiver/core';
import { planArchive } from './plan-archive';

/** Creates the handler on the given transport, environment, clock and log. */
export function createHandler(options: ClientOptions = {}) {
  const clients = createClients(options);
  const checkBinding = createBindingCheck(options);
  return (request: PlanArchiveRequest): Promise<ArchivePage> => {
    const subject = { execution: request?.execution?.id, page: request?.page };
    const handle = async () => {
      checkBinding(request?.parameters, ['s3BucketName', 'account']);
      return planArchive(request, clients);
    };
    return runHandler('PlanArchive', subject, handle, clients);
  };
}

export const handler = createHandler();
