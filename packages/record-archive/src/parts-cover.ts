/** From its first millisecond to its last. */
export interface Range {
  from: number;
  to: number;
}

/**
 * Ranges that follow each other to `to` without a gap and without overlap, in order, and begin as early as can be; none
 * where no range ends there. There can be days and hours of the same time: one event must not be there twice.
 */
export function coverOf<T extends Range>(ranges: readonly T[], to: number): T[] {
  /** The longest range of each start from which others lead to the end. */
  const leading = new Map<number, T>();
  // From the last to the first: what follows a range is known when its turn comes.
  for (const range of [...ranges].sort((a, b) => b.from - a.from || a.to - b.to)) {
    if (range.to === to || leading.has(range.to + 1)) {
      leading.set(range.from, range);
    }
  }
  const cover: T[] = [];
  for (let next = leading.get(Math.min(...leading.keys())); next; next = leading.get(next.to + 1)) {
    cover.push(next);
  }
  return cover;
}
