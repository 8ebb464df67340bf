import type { DryRunEstimate, ReportEntry } from '@log-archiver/core';
import { MAX_ITEMS } from '../page/page-room';

/** Of an item: the states of its own execution, and a few polls. */
const TRANSITIONS_AN_ITEM = 14;
const TRANSITIONS_A_PAGE = 4;

/** What the items that a dry run would export come to. */
export function planOf(items: ReportEntry[]): DryRunEstimate {
  const planned = items.filter(({ status }) => status === 'PLANNED');
  const sizes = new Map(planned.map(({ logGroupName, storedBytes }) => [logGroupName, storedBytes ?? 0]));
  const pages = Math.ceil(planned.length / MAX_ITEMS);
  return {
    exports: planned.length,
    storedBytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    stateTransitions: TRANSITIONS_AN_ITEM * planned.length + TRANSITIONS_A_PAGE * pages,
  };
}
