import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { searchForEvent } from '@log-archiver/aws-clients/log-events';
import type { ArchiveItem } from '@log-archiver/core';
import { forEachPage, type InvocationBudget } from './invocation-budget';

/** Errors that a retry cannot fix: a log class without search, a deleted key or log group, a missing permission. */
const PERMANENT_ERRORS = [
  'InvalidOperationException',
  'InvalidParameterException',
  'AccessDeniedException',
  'ResourceNotFoundException',
];

export interface Search {
  /** Token from which the search continues. */
  token: string | null;
  /** `null`: the search has not ended. */
  answer: 'EVENT' | 'NO_EVENTS' | 'NOT_ASKED' | null;
}

/** Searches the log group for an event in the exported range, because the export does not report what it left out. */
export function findEvent(
  clients: Pick<Clients, 'logs'>,
  item: ArchiveItem,
  token: string | null,
  budget: InvocationBudget,
): Promise<Search> {
  return forEachPage<Search>(
    { token, answer: null },
    ({ answer }) => answer !== null,
    async (search) => {
      try {
        return await searchPage(clients, item, search.token);
      } catch (error) {
        if (PERMANENT_ERRORS.includes((error as Error).name)) {
          return { token: null, answer: 'NOT_ASKED' };
        }
        throw error;
      }
    },
    budget,
  );
}

async function searchPage(clients: Pick<Clients, 'logs'>, item: ArchiveItem, token: string | null): Promise<Search> {
  const { hasEvent, nextToken } = await searchForEvent(clients, item, token);
  if (hasEvent) {
    return { token: null, answer: 'EVENT' };
  }
  return nextToken ? { token: nextToken, answer: null } : { token: null, answer: 'NO_EVENTS' };
}
