import fc from 'fast-check';
import { type Range, tile } from '../src/ranges';

const LAST = 9;
/** Few starts and ends, so that complete tilings, gaps and overlaps are all common. */
const ranges = fc.array(
  fc.tuple(fc.integer({ min: -2, max: LAST }), fc.nat({ max: 5 })).map(([from, more]) => ({ from, to: from + more })),
  { maxLength: 12 },
);

/** Returns all tilings from `from` to the last millisecond, by trying all combinations. */
function findTilings(from: number, all: Range[]): Range[][] {
  return all
    .filter((range) => range.from === from)
    .flatMap((range) =>
      range.to === LAST ? [[range]] : findTilings(range.to + 1, all).map((rest) => [range, ...rest]),
    );
}

it('finds a tiling whenever trying all combinations finds one', () => {
  fc.assert(
    fc.property(ranges, (all) => {
      const starts = [...new Set(all.map(({ from }) => from))];
      const tilings = starts.flatMap((from) => findTilings(from, all));

      expect(tile(all, LAST).length > 0).toBe(tilings.length > 0);
    }),
    { numRuns: 2_000 },
  );
});

it('returns given ranges without a gap or an overlap, from the earliest possible start', () => {
  fc.assert(
    fc.property(ranges, (all) => {
      const tiles = tile(all, LAST);
      fc.pre(tiles.length > 0);
      const [first] = tiles as [Range];

      expect(all).toEqual(expect.arrayContaining(tiles));
      expect(tiles.at(-1)?.to).toBe(LAST);
      expect(tiles.slice(1).map(({ from }) => from)).toEqual(tiles.slice(0, -1).map(({ to }) => to + 1));
      expect(all.filter(({ from }) => from < first.from).flatMap(({ from }) => findTilings(from, all))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
