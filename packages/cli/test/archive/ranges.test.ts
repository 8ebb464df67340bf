import { subtractRanges } from '../../src/archive/ranges';

describe('subtractRanges', () => {
  test.each([
    [[[0, 9]], [], [[0, 9]]],
    [[[0, 9]], [[0, 9]], []],
    [
      [[0, 9]],
      [[3, 5]],
      [
        [0, 2],
        [6, 9],
      ],
    ],
    [
      [[0, 9]],
      [
        [-5, 3],
        [8, 20],
      ],
      [[4, 7]],
    ],
    [
      [
        [0, 9],
        [20, 29],
      ],
      [[5, 24]],
      [
        [0, 4],
        [25, 29],
      ],
    ],
    [[[0, 9]], [[10, 20]], [[0, 9]]],
    [
      [[Number.NEGATIVE_INFINITY, 9]],
      [[0, 3]],
      [
        [Number.NEGATIVE_INFINITY, -1],
        [4, 9],
      ],
    ],
  ])('of %j without %j are %j', (ranges, others, expected) => {
    expect(subtractRanges(toRanges(ranges), toRanges(others))).toEqual(toRanges(expected));
  });
});

function toRanges(pairs: number[][]) {
  return pairs.map(([from = 0, to = 0]) => ({ from, to }));
}
