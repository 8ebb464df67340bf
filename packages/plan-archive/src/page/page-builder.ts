import {
  type ArchiveItem,
  exportTaskName,
  MAX_MESSAGE_CHARACTERS,
  MAX_PAGE_ITEMS,
  MAX_STATE_DATA_BYTES,
  type PlanArchiveRequest,
  type ReportEntry,
  SLOT_WAIT_LIMIT_HOURS,
} from '@log-archiver/core';
import { reportItem } from '../report-entry';
import type { PlannedItem } from '../run-store';

/**
 * Reserved for the summary and the other fields of the response, and for fields that a later version of the state machine
 * may add.
 */
const SPARE_BYTES = 32_768;
/** Maximum size of an outcome, apart from the name of the log group, the key and the message. */
const OUTCOME_BYTES = 1_000;
/**
 * Maximum size of a message in an outcome.
 *
 * Lambda writes the message as JSON, and the outcome has that text as JSON again. So a control character takes 7 bytes.
 */
const MESSAGE_BYTES = 7 * MAX_MESSAGE_CHARACTERS;
/** Maximum size of the task and of the progress in the data of a child execution, apart from names and keys. */
const CHILD_BYTES = 1_000;
/** Maximum size of the error and the other fields in the result of a child execution that crashed. */
const CRASH_BYTES = 1_000;

/** Reason why a page exports nothing. */
export type ExportStop = 'DRY_RUN' | 'RunFull' | 'ExportSlotUnavailable';

const CAUSES: Record<Exclude<ExportStop, 'DRY_RUN'>, string> = {
  RunFull: 'the run has its maximum number of pages; the next run continues',
  ExportSlotUnavailable:
    `foreign export tasks held the export slot for ${SLOT_WAIT_LIMIT_HOURS} hours, and one of them still does; ` +
    'the next run tries again',
};

/**
 * Decides for each item whether it joins this page, is reported, or waits for the next page.
 *
 * The results of a page share the data of a state with the input of the execution. A result is the outcome of an item, or
 * what is left of a child execution that crashed.
 */
export class PageBuilder {
  private readonly pageItems: ArchiveItem[] = [];
  private readonly pageEntries: ReportEntry[] = [];
  private bytesLeft: number;

  constructor(
    private readonly request: PlanArchiveRequest,
    private readonly options: { exportStop: ExportStop | null; slotDeadline: number; taskSecret: string },
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
    const { exportStop, slotDeadline, taskSecret } = this.options;
    if (exportStop !== null) {
      this.report({ ...reportItem(item, describeStop(item, exportStop)), storedBytes });
      return 'REPORTED';
    }
    const taskName = exportTaskName(item, this.request.parameters.s3BucketName, taskSecret);
    const added = { ...item, taskName, slotDeadline };
    const bytes = this.countResultBytes(added);
    const { length } = this.pageItems;
    if (length > 0 && (length === MAX_PAGE_ITEMS || bytes > this.bytesLeft)) {
      return 'FULL';
    }
    this.pageItems.push(added);
    this.bytesLeft -= bytes;
    return 'ADDED';
  }

  /** Adds items in order, and returns those for which the page has no room. */
  public addAll(items: PlannedItem[], storedBytes: number | null = null): PlannedItem[] {
    const first = items.findIndex((item) => this.add(item, storedBytes) === 'FULL');
    return first === -1 ? [] : items.slice(first);
  }

  /** Adds entries of a log group and period that need no export. */
  public report(...entries: ReportEntry[]): void {
    this.pageEntries.push(...entries);
  }

  /** Counts the bytes of the larger result: the outcome of the item, or twice the data of its child execution. */
  private countResultBytes(item: ArchiveItem): number {
    const { parameters, execution } = this.request;
    const { logGroupName, destinationPrefix } = item;
    const names = { logGroupName, destinationPrefix, s3BucketName: parameters.s3BucketName, execution: execution.id };
    const child = countBytes({ item, run: { parameters, execution }, names }) + CHILD_BYTES;
    const outcome = countBytes({ logGroupName, destinationPrefix }) + OUTCOME_BYTES + MESSAGE_BYTES;
    return Math.max(outcome, 2 * child + CRASH_BYTES);
  }
}

function describeStop({ destinationPrefix }: PlannedItem, exportStop: ExportStop) {
  return exportStop === 'DRY_RUN'
    ? { status: 'PLANNED' as const, destinationPrefix }
    : { status: 'FAILED' as const, error: exportStop, cause: CAUSES[exportStop] };
}

function countBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
