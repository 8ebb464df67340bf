import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import { type ArchiveParameters, type Period, type ReportEntry, receiptName } from '@log-archiver/core';
import type { FoundLogGroup } from '../log-group';
import type { FoundReceipts, RunReceipts } from '../receipts/run-receipts';
import { reportInvalidReceipt } from '../report-entry';
import type { Cursor, PlannedItem, RunStore, StartedRun } from '../run-store';
import { checkEligibility, type EligibilityRules } from './eligibility';
import { findSmallerPart } from './next-attempt';
import type { PageBuilder } from './page-builder';
import { splitItem } from './split-item';

/** Maximum number of entries of a page, so that a page, and all pages of a run, fit into memory. */
const MAX_PAGE_ENTRIES = 10_000;

interface PageContext {
  parameters: ArchiveParameters;
  run: StartedRun;
  archive: ArchiveStore;
  store: RunStore;
  receipts: RunReceipts;
  rules: EligibilityRules;
  isTimeUp: () => boolean;
}

/** Position after the collected items, and parts of the last one for which the page has no room. */
export interface CollectedItems {
  position: Cursor;
  waiting: PlannedItem[];
}

/**
 * Adds the next items and entries to a page, block by block, and returns the new position.
 *
 * Ends when the page is full, or has enough entries, or the time of the invocation is up. The next page continues there.
 */
export async function collectNextItems(from: Cursor, page: PageBuilder, context: PageContext): Promise<CollectedItems> {
  const { run, store, receipts, rules, isTimeUp } = context;
  let position = from;
  for (let block = run.blocks[position.block]; block; block = run.blocks[position.block]) {
    const { period, logGroupFiles } = block;
    const file = logGroupFiles[position.file];
    if (file === undefined) {
      position = { block: position.block + 1, file: 0, offset: 0 };
      continue;
    }
    const logGroups = (await store.readLogGroups(file)).slice(position.offset);
    const found = await receipts.findOfLogGroups(period, logGroups);
    for (const [index, logGroup] of logGroups.entries()) {
      const { hasReceipt, invalid } = selectReceipts(logGroup, period, found);
      // Beside an invalid receipt, which cannot be replaced, the receipt gets the key of a forced run.
      const force = rules.force || (invalid.length > 0 && !hasReceipt);
      const eligibility = checkEligibility(logGroup, period, hasReceipt, { ...rules, force });
      if (eligibility === null || 'entry' in eligibility) {
        page.report(...invalid, ...(eligibility === null ? [] : [eligibility.entry]));
        continue;
      }
      const items = await splitFromStart(eligibility.item, logGroup, context);
      const waiting = page.addAll(items, logGroup.details?.storedBytes ?? null);
      const next = { ...position, offset: position.offset + index };
      if (waiting.length === items.length) {
        return { position: next, waiting: [] };
      }
      page.report(...invalid);
      if (waiting.length > 0) {
        return { position: { ...next, offset: next.offset + 1 }, waiting };
      }
    }
    position = { ...position, file: position.file + 1, offset: 0 };
    if (isTimeUp() || page.entries.length >= MAX_PAGE_ENTRIES) {
      break;
    }
  }
  return { position, waiting: [] };
}

/** Selects what the receipts say about a log group, and the entries of its invalid receipts that must be reported. */
function selectReceipts(
  logGroup: FoundLogGroup,
  period: Period,
  { inForce, invalid }: FoundReceipts,
): { hasReceipt: boolean; invalid: ReportEntry[] } {
  const name = receiptName(logGroup);
  const hasReceipt = inForce.has(name);
  const reported = (invalid.get(name) ?? []).filter(({ isNew }) => isNew || !hasReceipt);
  return { hasReceipt, invalid: reported.map((each) => reportInvalidReceipt(logGroup, period, each)) };
}

/** Splits an item whose last export was split. Otherwise, each period would take a day until AWS gives up the whole. */
async function splitFromStart(
  item: PlannedItem,
  { isSplit }: FoundLogGroup,
  { parameters, archive, rules: { now } }: PageContext,
): Promise<PlannedItem[]> {
  const part = isSplit ? findSmallerPart(item) : null;
  return part === null ? [item] : splitItem(item, part, { parameters, archive, now });
}
