import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { readEventCount, startEventCount } from '@log-archiver/aws-clients/event-queries';
import { type ArchiveItem, EvidenceRefused } from '@log-archiver/core';
import type { InvocationBudget } from '../invocation-budget';
import { askAbout } from './evidence-refused';
import { type EventSearchPosition, searchOn } from './find-event';

const POLL_PAUSE_MS = 1_000;

/**
 * Asks Logs Insights for an event in the exported range, as other classes than STANDARD do not support FilterLogEvents.
 *
 * The token is the id of the query. A query runs for up to 60 minutes, so that several invocations may wait for it.
 */
export function queryEvents(
  clients: Pick<Clients, 'logs' | 'wait'>,
  item: ArchiveItem,
  token: string | null,
  budget: InvocationBudget,
): Promise<EventSearchPosition> {
  return searchOn(token, budget, async (position) => {
    if (position.token === null) {
      return { token: await askAbout(item.logGroupName, () => startEventCount(clients, item)), hasEvent: null };
    }
    await clients.wait(POLL_PAUSE_MS);
    return { token: position.token, hasEvent: await readAnswer(clients, item, position.token) };
  });
}

/** Returns `null` while the query runs. */
async function readAnswer(
  clients: Pick<Clients, 'logs'>,
  { logGroupName }: ArchiveItem,
  queryId: string,
): Promise<boolean | null> {
  const { status, events } = await askAbout(logGroupName, () => readEventCount(clients, queryId));
  switch (status) {
    case 'Complete':
      return events > 0;
    case 'Failed':
    case 'Cancelled':
    case 'Timeout':
      throw new EvidenceRefused(`query ${queryId} of log group ${logGroupName} ended with status ${status}`);
    default:
      return null;
  }
}
