import { type Period, ReceiptInvalid, type ReportEntry, truncate } from '@log-archiver/core';
import type { FoundLogGroup } from './log-group';
import type { FoundInvalidReceipt } from './receipts/run-receipts';
import type { PlannedItem } from './run-store';

type Result = Pick<ReportEntry, 'status'> & Partial<ReportEntry>;

/** Creates the entry of a log group and period for which no item was planned. */
export function reportLogGroup(
  { logGroupName, details }: FoundLogGroup,
  { name, from, to }: Period,
  result: Result,
): ReportEntry {
  return {
    ...createEntry({ logGroupName, period: name, from, to }),
    storedBytes: details?.storedBytes ?? null,
    ...result,
  };
}

/** Creates the entry of an object that is at the key of a receipt, but is not a valid one. */
export function reportInvalidReceipt(
  logGroup: FoundLogGroup,
  period: Period,
  { key, invalid }: FoundInvalidReceipt,
): ReportEntry {
  const { name: error } = new ReceiptInvalid();
  return reportLogGroup(logGroup, period, { status: 'FAILED', error, cause: truncate(`${key}: ${invalid}`) });
}

/** Creates the entry of an item. The item identifies the export; the result has its end. */
export function reportItem({ logGroupName, period, from, to, losses }: PlannedItem, result: Result): ReportEntry {
  return { ...createEntry({ logGroupName, period, from, to }), losses, ...result };
}

function createEntry(range: Pick<ReportEntry, 'logGroupName' | 'period' | 'from' | 'to'>): Omit<ReportEntry, 'status'> {
  const noExport = { error: null, cause: null, taskId: null, destinationPrefix: null, leftover: null };
  return { ...range, ...noExport, losses: [], storedBytes: null };
}
