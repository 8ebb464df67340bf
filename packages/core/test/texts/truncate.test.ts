import { truncate } from '../../src';

it.each([
  ['abc', 'abc'],
  ['abcd', 'ab…'],
])('truncates %s to 3 characters: %s', (message, expected) => {
  expect(truncate(message, 3)).toBe(expected);
});

it('truncates a message to 1,000 characters by default', () => {
  expect(truncate('x'.repeat(1_000))).toBe('x'.repeat(1_000));
  expect(truncate('x'.repeat(1_001))).toBe(`${'x'.repeat(999)}…`);
});
