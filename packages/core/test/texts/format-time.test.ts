import { formatTime } from '../../src/texts/format-time';

it.each([
  [undefined, '2026-10-31 15:00 UTC'],
  ['MINUTE', '2026-10-31 15:00 UTC'],
  ['SECOND', '2026-10-31 15:00:59 UTC'],
] as const)('formats a time to the %s', (precision, expected) => {
  expect(formatTime('2026-10-31T15:00:59.999Z', precision)).toBe(expected);
});
