import { isCovered, type Range, tile } from '../src/ranges';

const range = (from: number, to: number): Range => ({ from, to });
const hours = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => range((first + index) * 10, (first + index) * 10 + 9));

it.each<[string, Range[], Range[]]>([
  ['is one range that is the whole', [range(0, 99)], [range(0, 99)]],
  ['is the ranges in order, however they come', [range(50, 99), range(0, 49)], [range(0, 49), range(50, 99)]],
  [
    'takes the days where there are days, and the hours elsewhere',
    [range(0, 29), ...hours(3, 5), range(60, 99)],
    [range(0, 29), ...hours(3, 5), range(60, 99)],
  ],
  ['takes a day rather than its hours', [...hours(0, 2), range(0, 29), range(30, 99)], [range(0, 29), range(30, 99)]],
  ['takes hours instead of a day that leads nowhere', [range(0, 25), ...hours(0, 9)], hours(0, 9)],
  ['leaves out what overlaps', [range(0, 49), range(40, 59), range(50, 99)], [range(0, 49), range(50, 99)]],
  ['leaves out what is there twice', [range(0, 99), range(0, 99)], [range(0, 99)]],
  ['begins as early as it can', [range(0, 99), range(-10, -1), range(-20, -12)], [range(-10, -1), range(0, 99)]],
  ['begins after a millisecond that is missing', [range(0, 49), range(51, 99)], [range(51, 99)]],
  ['begins after an hour that is missing', [...hours(0, 4), ...hours(6, 9)], hours(6, 9)],
  ['begins after what overlaps by a millisecond', [range(0, 50), range(50, 99)], [range(50, 99)]],
])('a cover %s', (_, ranges, cover) => {
  expect(tile(ranges, 99)).toEqual(cover);
});

it.each<[string, Range[]]>([
  ['no ranges', []],
  ['a last millisecond missing', [range(0, 98)]],
  ['an end that is too late', [range(0, 100)]],
])('there is no cover with %s', (_, ranges) => {
  expect(tile(ranges, 99)).toEqual([]);
});

it('ranges stay in the order in which they were given', () => {
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
])('0 to 9 are in %j: %p', (ranges, expected) => {
  const covering = ranges.map(([from, to]) => ({ from, to }));

  expect(isCovered({ from: 0, to: 9 }, covering)).toBe(expected);
});
