import type { ArchiveReceipt, Range } from '@log-archiver/core';
import { includes, parseRange, subtractRanges } from './ranges';

/** A receipt, and the ranges for which it is the source of events. */
export interface ClaimedReceipt {
  readonly receipt: ArchiveReceipt;
  readonly claims: Range[];
  /** Claims without the losses of the receipt. */
  readonly complete: Range[];
}

/**
 * Assigns each instant to one receipt, so that no event is read twice.
 *
 * Receipts of one archiver do not overlap. Those of an archiver that changed its time zone or granularity do, and those
 * of two archivers of one log group. The newest receipt is the source, except for its losses if another one has none.
 */
export function claimRanges(receipts: readonly ArchiveReceipt[]): ClaimedReceipt[] {
  const claimed = receipts
    .toSorted((one, other) => Date.parse(other.finishedAt) - Date.parse(one.finishedAt))
    .map((receipt): ClaimedReceipt => ({ receipt, claims: [], complete: [] }));
  let taken: Range[] = [];
  const claim = ({ claims }: ClaimedReceipt, ranges: readonly Range[]): Range[] => {
    const added = subtractRanges(ranges, taken);
    claims.push(...added);
    taken = [...taken, ...added];
    return added;
  };
  for (const each of claimed) {
    const withoutLosses = subtractRanges([parseRange(each.receipt)], each.receipt.losses.map(parseRange));
    each.complete.push(...claim(each, withoutLosses));
  }
  for (const each of claimed) {
    claim(each, [parseRange(each.receipt)]);
  }
  return claimed;
}

/**
 * Whether a receipt is the source of its events of an instant.
 *
 * Events that are older than their log group belong to the period of its creation, in every time zone. A log group of the
 * same name may have had other events at that time, which are in the period before.
 */
export function isSource({ receipt, claims }: ClaimedReceipt, time: number): boolean {
  const countedAt = Math.max(time, receipt.logGroup.createdAt);
  return claims.some((range) => includes(range, countedAt));
}
