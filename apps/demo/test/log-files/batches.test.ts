import { splitIntoBatches } from '../../src/log-files/batches';

const DAY = 24 * 3_600_000;
const events = (count: number, message = 'x', apart = 0) =>
  Array.from({ length: count }, (_, number) => ({ timestamp: number * apart, message }));

describe('a batch', () => {
  it.each([
    ['at most 10,000 events', events(20_001), [10_000, 10_000, 1]],
    ['at most 1 MiB, including 26 bytes per event', events(5, 'x'.repeat(524_288 - 26)), [2, 2, 1]],
    ['a byte less than two events need', events(2, 'x'.repeat(524_288 - 25)), [1, 1]],
    ['a number of bytes, not of characters', events(2, 'あ'.repeat(200_000)), [1, 1]],
    ['events of exactly 24 hours', events(4, 'x', DAY / 2), [3, 1]],
    ['at most 24 hours, not a millisecond more', events(2, 'x', DAY + 1), [1, 1]],
    ['the longest event in a batch of its own', events(2, 'x'.repeat(1_048_550)), [1, 1]],
    ['nothing without events', [], []],
  ])('holds %s', (_, all, sizes) => {
    const batches = splitIntoBatches(all);
    expect(batches.map(({ length }) => length)).toEqual(sizes);
    expect(batches.flat()).toEqual(all);
  });
});
