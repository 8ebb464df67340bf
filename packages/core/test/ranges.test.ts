import { isCovered, joinRanges, type Range, tile } from '../src/ranges';

const range = (from: number, to: number): Range => ({ from, to });
const hours = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => range((first + index) * 10, (first + index) * 10 + 9));

it.each<[string, Range[], Range[]]>([
  ['a single range', [range(0, 99)], [range(0, 99)]],
  ['ranges in order, for unordered ranges', [range(50, 99), range(0, 49)], [range(0, 49), range(50, 99)]],
  [
    'days where there are days, and hours elsewhere',
    [range(0, 29), ...hours(3, 5), range(60, 99)],
    [range(0, 29), ...hours(3, 5), range(60, 99)],
  ],
  ['a day instead of its hours', [...hours(0, 2), range(0, 29), range(30, 99)], [range(0, 29), range(30, 99)]],
  ['hours instead of a day that does not connect to the next range', [range(0, 25), ...hours(0, 9)], hours(0, 9)],
  ['no overlapping range', [range(0, 49), range(40, 59), range(50, 99)], [range(0, 49), range(50, 99)]],
  ['a duplicate range once', [range(0, 99), range(0, 99)], [range(0, 99)]],
  [
    'ranges from the earliest possible start',
    [range(0, 99), range(-10, -1), range(-20, -12)],
    [range(-10, -1), range(0, 99)],
  ],
  ['ranges after a missing millisecond', [range(0, 49), range(51, 99)], [range(51, 99)]],
  ['ranges after a missing hour', [...hours(0, 4), ...hours(6, 9)], hours(6, 9)],
  ['ranges after an overlap by a millisecond', [range(0, 50), range(50, 99)], [range(50, 99)]],
])('returns %s', (_, ranges, tiles) => {
  expect(tile(ranges, 99)).toEqual(tiles);
});

it.each<[string, Range[]]>([
  ['no ranges', []],
  ['the last millisecond missing', [range(0, 98)]],
  ['an end after the given one', [range(0, 100)]],
])('returns no ranges with %s', (_, ranges) => {
  expect(tile(ranges, 99)).toEqual([]);
});

it('does not reorder the given ranges', () => {
  const ranges = [range(50, 99), range(0, 49)];
  tile(ranges, 99);

  expect(ranges).toEqual([range(50, 99), range(0, 49)]);
});

it.each<[[number, number][], boolean]>([
  [[], false],
  [[[0, 9]], true],
  [[[0, 8]], false],
  [[[1, 9]], false],
  [
    [
      [0, 4],
      [5, 9],
    ],
    true,
  ],
  [
    [
      [5, 9],
      [0, 4],
    ],
    true,
  ],
  [
    [
      [0, 4],
      [6, 9],
    ],
    false,
  ],
  [
    [
      [0, 6],
      [3, 9],
    ],
    true,
  ],
  [
    [
      [0, 6],
      [2, 4],
      [7, 9],
    ],
    true,
  ],
  [
    [
      [0, 8],
      [9, 9],
    ],
    true,
  ],
  [[[-5, 20]], true],
])('returns whether %j cover 0 to 9: %p', (ranges, expected) => {
  const given = ranges.map(([from, to]) => ({ from, to }));

  expect(isCovered({ from: 0, to: 9 }, given)).toBe(expected);
});

describe('joined ranges', () => {
  it.each<[string, Range[], Range[], number]>([
    ['no range', [], [], 1],
    ['unordered ranges that follow each other as one', [range(5, 9), range(0, 4)], [range(0, 9)], 1],
    ['a range on each side of a gap', [range(0, 4), range(6, 9)], [range(0, 4), range(6, 9)], 1],
    ['overlapping ranges as one', [range(0, 9), range(2, 3), range(8, 12)], [range(0, 12)], 1],
    ['ranges apart that only follow each other, with 0', [range(0, 4), range(5, 9)], [range(0, 4), range(5, 9)], 0],
    ['one range in spite of a gap of the given length', [range(0, 4), range(7, 9)], [range(0, 9)], 3],
  ])('are %s', (_, ranges, expected, maxGapMs) => {
    expect(joinRanges(ranges, maxGapMs)).toEqual(expected);
  });
});
