import type { Range } from '@log-archiver/core';

/** Returns what the ranges do not have in common with others, in order. */
export function subtractRanges(ranges: readonly Range[], others: readonly Range[]): Range[] {
  let rest = [...ranges];
  for (const { from, to } of others) {
    rest = rest.flatMap((range) =>
      range.to < from || range.from > to
        ? [range]
        : [
            { from: range.from, to: from - 1 },
            { from: to + 1, to: range.to },
          ].filter((part) => part.from <= part.to),
    );
  }
  return rest.sort((one, other) => one.from - other.from);
}

export function includes({ from, to }: Range, time: number): boolean {
  return from <= time && time <= to;
}

export function overlaps(one: Range, other: Range): boolean {
  return one.from <= other.to && other.from <= one.to;
}

/** Parses a range of a receipt. */
export function parseRange({ from, to }: { from: string; to: string }): Range {
  return { from: Date.parse(from), to: Date.parse(to) };
}
