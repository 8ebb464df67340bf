import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { searchForEvent } from '@log-archiver/aws-clients/log-events';
import type { ArchiveItem } from '@log-archiver/core';
import { forEachPage, type InvocationBudget } from '../invocation-budget';
import { askAbout } from './evidence-refused';

/** Position of a search, and what it has found. */
export interface EventSearchPosition {
  token: string | null;
  /** `null`: the search has not ended. */
  hasEvent: boolean | null;
}

/** Searches the log group for an event in the exported range, because the export does not report what it left out. */
export function findEvent(
  clients: Pick<Clients, 'logs'>,
  item: ArchiveItem,
  token: string | null,
  budget: InvocationBudget,
): Promise<EventSearchPosition> {
  return searchOn(token, budget, async (position) => {
    const page = await askAbout(item.logGroupName, () => searchForEvent(clients, item, position.token));
    const isEnd = page.hasEvent || page.nextToken === undefined;
    return isEnd ? { token: null, hasEvent: page.hasEvent } : { token: page.nextToken ?? null, hasEvent: null };
  });
}

/** Continues a search until it has an answer, or the budget is used up. */
export function searchOn(
  token: string | null,
  budget: InvocationBudget,
  takeStep: (position: EventSearchPosition) => Promise<EventSearchPosition>,
): Promise<EventSearchPosition> {
  return forEachPage({ token, hasEvent: null }, ({ hasEvent }) => hasEvent !== null, takeStep, budget);
}
