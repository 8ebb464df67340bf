import {
  type ArchiveItem,
  isCovered,
  parsePartKey,
  partsPrefix,
  type Range,
  retainedFrom,
  splitIntoParts,
} from '@log-archiver/core';
import type { Run } from '../run';

/**
 * The parts of an item that are to be exported. Those that have a record from an earlier run are not; of a period whose
 * parts all have one the last is, since it is with a part that the receipt is written.
 */
export async function split(item: ArchiveItem, part: 'DAY' | 'HOUR', run: Run): Promise<ArchiveItem[]> {
  const { request, order, files } = run;
  const parts = mergeRefused(splitIntoParts(item, request.parameters.timeZone, part), await refusedBefore(item, run));
  const recorded: Range[] = [];
  if (!order.force) {
    for await (const key of files.objects.keys(partsPrefix(request.parameters, item))) {
      const range = parsePartKey(key, request.parameters, item, null);
      if (range) {
        recorded.push(range);
      }
    }
  }
  const missing = parts.filter((range) => !isCovered(range, recorded));
  return (missing.length > 0 ? missing : parts.slice(-1)).map((range) => ({ ...item, ...range, part, attempt: 1 }));
}

/** AWS refuses a range that ends before the log group was created, or before what is retained. */
async function refusedBefore(
  { logGroupName, retentionInDays }: ArchiveItem,
  { start, files, now }: Run,
): Promise<number> {
  const found = await files.findLogGroup(logGroupName, start);
  return Math.max(found?.details?.creationTime ?? 0, retainedFrom(retentionInDays, now));
}

/** What would be refused as a part of its own goes with the first part that is not: the whole begins there all the same. */
function mergeRefused(parts: Range[], before: number): Range[] {
  const first = Math.max(
    0,
    parts.findIndex(({ to }) => to >= before),
  );
  const { from } = parts[0] as Range;
  return parts.slice(first).map((range, index) => (index === 0 ? { ...range, from } : range));
}
