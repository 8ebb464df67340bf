import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Range } from '@log-archiver/core';
import type { Clients } from './create-clients';

export interface EventSearch extends Range {
  logGroupName: string;
  /** @default - all log streams */
  logStreamName?: string;
  /** Latest ingestion of the events that count. @default - any */
  ingestedUntil?: number;
}

export interface EventPage {
  hasEvent: boolean;
  /** `undefined`: this is the last page. A page without events need not be the last. */
  nextToken?: string;
}

/** Searches one page of a log group for an event in the range. */
export async function searchForEvent(
  { logs }: Pick<Clients, 'logs'>,
  { logGroupName, from, to, logStreamName, ingestedUntil }: EventSearch,
  token: string | null,
): Promise<EventPage> {
  const { events = [], nextToken } = await logs.send(
    new FilterLogEventsCommand({
      logGroupName,
      logStreamNames: logStreamName === undefined ? undefined : [logStreamName],
      startTime: from,
      // The reference includes the end, but AWS was observed to exclude it. One more millisecond works in both cases.
      endTime: to + 1,
      // Any event will do, unless its ingestion decides.
      limit: ingestedUntil === undefined ? 1 : undefined,
      nextToken: token ?? undefined,
    }),
  );
  const hasEvent = events.some(
    ({ timestamp = 0, ingestionTime = 0 }) =>
      timestamp >= from && timestamp <= to && ingestionTime <= (ingestedUntil ?? Number.POSITIVE_INFINITY),
  );
  return { hasEvent, nextToken };
}
