import {
  type ArchiveItem,
  MAX_PAGE_ITEMS,
  MAX_STATE_DATA_BYTES,
  type PlanArchiveRequest,
  type ReportEntry,
} from '@log-archiver/core';
import { reportItem } from '../report-entry';
import type { PlannedItem } from '../run-store';

/** Reserved for the other fields of the response, and for fields that a later version of the state machine may add. */
const SPARE_BYTES = 8_192;
/** Maximum size of an outcome, apart from the name of the log group and the key. */
const OUTCOME_BYTES = 500;

/** Reason why a page exports nothing. */
export type ExportStop = 'DRY_RUN' | 'RunFull' | 'ExportSlotUnavailable';

/**
 * Decides for each item whether it joins this page, is reported, or waits for the next page.
 *
 * The items of a page, and then their outcomes, share the data of a state with the input of the execution.
 */
export class PageBuilder {
  private readonly pageItems: ArchiveItem[] = [];
  private readonly pageEntries: ReportEntry[] = [];
  private bytesLeft: number;

  constructor(
    request: PlanArchiveRequest,
    private readonly options: { exportStop: ExportStop | null; slotDeadline: number },
  ) {
    this.bytesLeft = MAX_STATE_DATA_BYTES - SPARE_BYTES - countBytes({ ...request, outcomes: [] });
  }

  public get items(): readonly ArchiveItem[] {
    return this.pageItems;
  }

  public get entries(): readonly ReportEntry[] {
    return this.pageEntries;
  }

  /** Adds an item, or reports it if the page exports nothing. The first item always fits: a run could not end otherwise. */
  public add(item: PlannedItem, storedBytes: number | null): 'ADDED' | 'REPORTED' | 'FULL' {
    const { exportStop, slotDeadline } = this.options;
    if (exportStop !== null) {
      this.report({ ...reportItem(item, describeStop(item, exportStop)), storedBytes });
      return 'REPORTED';
    }
    const added = { ...item, slotDeadline };
    const bytes = countItemBytes(added);
    const { length } = this.pageItems;
    if (length > 0 && (length === MAX_PAGE_ITEMS || bytes > this.bytesLeft)) {
      return 'FULL';
    }
    this.pageItems.push(added);
    this.bytesLeft -= bytes;
    return 'ADDED';
  }

  /** Adds items in order, and returns those for which the page has no room. */
  public addAll(items: PlannedItem[]): PlannedItem[] {
    const first = items.findIndex((item) => this.add(item, null) === 'FULL');
    return first === -1 ? [] : items.slice(first);
  }

  /** Adds the entry of a log group and period that needs no export. */
  public report(entry: ReportEntry): void {
    this.pageEntries.push(entry);
  }
}

function describeStop({ destinationPrefix }: PlannedItem, exportStop: ExportStop) {
  return exportStop === 'DRY_RUN'
    ? { status: 'PLANNED' as const, error: null, destinationPrefix }
    : { status: 'FAILED' as const, error: exportStop };
}

/** Counts the bytes of an item and of its outcome. */
function countItemBytes(item: ArchiveItem): number {
  const { logGroupName, destinationPrefix } = item;
  return countBytes(item) + countBytes({ logGroupName, destinationPrefix }) + OUTCOME_BYTES;
}

function countBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
