import { formatDuration } from '../../src/texts/duration';

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [7_803, '2 h 10 min 3 s'],
    [173_441, '48 h 10 min 41 s'],
  ])('of %s s is formatted as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
