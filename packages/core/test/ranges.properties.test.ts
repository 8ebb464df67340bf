import fc from 'fast-check';
import { type Range, tile } from '../src/ranges';

const LAST = 9;
/** Few starts and ends, so that covers, gaps and overlaps are all common. */
const ranges = fc.array(
  fc.tuple(fc.integer({ min: -2, max: LAST }), fc.nat({ max: 5 })).map(([from, more]) => ({ from, to: from + more })),
  { maxLength: 12 },
);

/** All ways from `from` to the last, by trying them. */
function waysFrom(from: number, all: Range[]): Range[][] {
  return all
    .filter((range) => range.from === from)
    .flatMap((range) => (range.to === LAST ? [[range]] : waysFrom(range.to + 1, all).map((rest) => [range, ...rest])));
}

it('there is a cover where trying all ways finds one', () => {
  fc.assert(
    fc.property(ranges, (all) => {
      const starts = [...new Set(all.map(({ from }) => from))];
      const ways = starts.flatMap((from) => waysFrom(from, all));

      expect(tile(all, LAST).length > 0).toBe(ways.length > 0);
    }),
    { numRuns: 2_000 },
  );
});

it('a cover is of ranges that were given, without a gap, without overlap and as early as can be', () => {
  fc.assert(
    fc.property(ranges, (all) => {
      const cover = tile(all, LAST);
      fc.pre(cover.length > 0);
      const [first] = cover as [Range];

      expect(all).toEqual(expect.arrayContaining(cover));
      expect(cover.at(-1)?.to).toBe(LAST);
      expect(cover.slice(1).map(({ from }) => from)).toEqual(cover.slice(0, -1).map(({ to }) => to + 1));
      expect(all.filter(({ from }) => from < first.from).flatMap(({ from }) => waysFrom(from, all))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
