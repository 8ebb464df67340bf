/** A range of time, from its first to its last millisecond. */
export interface Range {
  from: number;
  to: number;
}

/**
 * Returns ranges that follow each other up to `to` without a gap or an overlap, in order, from the earliest possible start.
 * Returns an empty array if no range ends at `to`.
 *
 * A period can have records of days and of hours of the same time; an event must not be in the archive twice.
 */
export function tile<T extends Range>(ranges: readonly T[], to: number): T[] {
  /** The longest range of each start from which others lead to the end. */
  const leading = new Map<number, T>();
  // From the last to the first, so that the follower of a range is known when its turn comes.
  for (const range of [...ranges].sort((a, b) => b.from - a.from || a.to - b.to)) {
    if (range.to === to || leading.has(range.to + 1)) {
      leading.set(range.from, range);
    }
  }
  const tiles: T[] = [];
  for (let next = leading.get(Math.min(...leading.keys())); next; next = leading.get(next.to + 1)) {
    tiles.push(next);
  }
  return tiles;
}

/** Joins ranges that overlap, or that are at most some milliseconds apart: with 1, those that follow each other. */
export function joinRanges(ranges: readonly Range[], maxGapMs = 1): Range[] {
  const joined: Range[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from - last.to <= maxGapMs) {
      last.to = Math.max(last.to, to);
    } else {
      joined.push({ from, to });
    }
  }
  return joined;
}

/** Whether `ranges`, which may overlap, cover a range without a gap. */
export function isCovered({ from, to }: Range, ranges: readonly Range[]): boolean {
  let next = from;
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    if (range.from <= next && range.to >= next) {
      next = range.to + 1;
    }
  }
  return next > to;
}
