import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import { type ArchiveParameters, isCovered, type Range, retainedFrom, splitIntoParts } from '@log-archiver/core';
import type { PlannedItem } from '../run-store';

/**
 * Splits an item into parts, and returns those to export.
 *
 * Parts that have a record from an earlier run are left out; a forced run exports all of them. If all parts have a record,
 * the last one is exported again, because the receipt is written with a part.
 */
export async function splitItem(
  item: PlannedItem,
  part: 'DAY' | 'HOUR',
  { parameters, archive, now }: { parameters: Pick<ArchiveParameters, 'timeZone'>; archive: ArchiveStore; now: number },
): Promise<PlannedItem[]> {
  const { createdAt, retentionInDays } = item.logGroup;
  // AWS rejects a range that ends before the log group was created, or before what is retained.
  const rejectedBefore = Math.max(createdAt, retainedFrom(retentionInDays, now));
  const parts = mergeRejected(splitIntoParts(item, parameters.timeZone, part), rejectedBefore);
  const recorded = item.force ? [] : await archive.listParts(item);
  const missing = parts.filter((range) => !isCovered(range, recorded));
  return (missing.length > 0 ? missing : parts.slice(-1)).map((range) => ({ ...item, ...range, part, attempt: 1 }));
}

/** Merges the parts that AWS would reject into the first part that it accepts, so that the parts cover the whole item. */
function mergeRejected(parts: Range[], rejectedBefore: number): Range[] {
  const first = Math.max(
    0,
    parts.findIndex(({ to }) => to >= rejectedBefore),
  );
  const { from } = parts[0] as Range;
  return parts.slice(first).map((range, index) => (index === 0 ? { ...range, from } : range));
}
