import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { ArchiveItem } from '@log-archiver/core';
import type { Clients } from './create-clients';

export interface EventPage {
  hasEvent: boolean;
  /** `undefined`: this is the last page. A page without events need not be the last. */
  nextToken?: string;
}

/** Searches one page of a log group for an event in the range. */
export async function searchForEvent(
  { logs }: Pick<Clients, 'logs'>,
  { logGroupName, from, to }: Pick<ArchiveItem, 'logGroupName' | 'from' | 'to'>,
  token: string | null,
): Promise<EventPage> {
  const { events = [], nextToken } = await logs.send(
    new FilterLogEventsCommand({
      logGroupName,
      startTime: from,
      // The reference includes the end, but AWS was observed to exclude it. One more millisecond works in both cases.
      endTime: to + 1,
      limit: 1,
      nextToken: token ?? undefined,
    }),
  );
  return { hasEvent: events.some(({ timestamp = 0 }) => timestamp >= from && timestamp <= to), nextToken };
}
