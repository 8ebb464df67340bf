import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { ArchiveItem } from '@log-archiver/core';
import { type Budget, pageByPage } from './page-by-page';

/** Waiting mends none of these: a class that cannot be searched, a key that is gone, a role that may not. */
const REFUSALS = [
  'InvalidOperationException',
  'InvalidParameterException',
  'AccessDeniedException',
  'ResourceNotFoundException',
];

export interface Search {
  /** Where it goes on. */
  token: string | null;
  /** `null`: it has not come to its end. */
  answer: 'EVENT' | 'NO_EVENTS' | 'NOT_ASKED' | null;
}

/** Asks a log group whether it has an event of what was exported: the export itself says nothing of what it left out. */
export function searchForEvent(
  logs: CloudWatchLogsClient,
  item: ArchiveItem,
  token: string | null,
  budget: Budget,
): Promise<Search> {
  return pageByPage<Search>(
    { token, answer: null },
    ({ answer }) => answer !== null,
    async (search) => {
      try {
        return await searchPage(logs, item, search.token);
      } catch (error) {
        if (REFUSALS.includes((error as Error).name)) {
          return { token: null, answer: 'NOT_ASKED' };
        }
        throw error;
      }
    },
    budget,
  );
}

async function searchPage(logs: CloudWatchLogsClient, item: ArchiveItem, token: string | null): Promise<Search> {
  const { events = [], nextToken } = await logs.send(
    new FilterLogEventsCommand({
      logGroupName: item.logGroupName,
      startTime: item.from,
      // The reference has the end included, and it was seen left out: one millisecond more has the last one either way.
      endTime: item.to + 1,
      limit: 1,
      nextToken: token ?? undefined,
    }),
  );
  if (events.some(({ timestamp = 0 }) => timestamp >= item.from && timestamp <= item.to)) {
    return { token: null, answer: 'EVENT' };
  }
  // A page without events is not the last one.
  return nextToken ? { token: nextToken, answer: null } : { token: null, answer: 'NO_EVENTS' };
}
