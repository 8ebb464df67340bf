import { type ArchiveItem, type Period, partsOf, partsPrefix } from '@log-archiver/core';
import type { Run } from './run';

type Range = Pick<Period, 'from' | 'to'>;

/**
 * The parts of an item that are to be exported. Those that have a record from an earlier run are not; of a period whose
 * parts all have one the last is, since it is with a part that the receipt is written.
 */
export async function split(
  item: ArchiveItem,
  part: 'DAY' | 'HOUR',
  { request, order, files }: Run,
): Promise<ArchiveItem[]> {
  const parts = partsOf(item, request.parameters.timeZone, part);
  const recorded: Range[] = [];
  if (!order.force) {
    for await (const key of files.objects.keys(partsPrefix(request.parameters, item))) {
      recorded.push(rangeIn(key));
    }
  }
  const missing = parts.filter((range) => !isCovered(range, recorded));
  return (missing.length > 0 ? missing : parts.slice(-1)).map((range) => ({ ...item, ...range, part, attempt: 1 }));
}

/** Whether a range is without a gap in ranges, which may overlap. */
export function isCovered({ from, to }: Range, ranges: Range[]): boolean {
  let next = from;
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    if (range.from <= next && range.to >= next) {
      next = range.to + 1;
    }
  }
  return next > to;
}

function rangeIn(key: string): Range {
  const [from = Number.NaN, to = Number.NaN] = key
    .slice(key.lastIndexOf('/') + 1, -'.json'.length)
    .split('-')
    .map(Number);
  return { from, to };
}
