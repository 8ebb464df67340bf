import { parseTimestamp } from '../../src/log-files/timestamp';

describe('a line', () => {
  it.each([
    ['2026-10-31T12:00:00Z x', 'Asia/Tokyo', '2026-10-31T12:00:00.000Z'],
    ['2026-10-31T12:00:00.123456+09:00', 'UTC', '2026-10-31T03:00:00.123Z'],
    ['2026-10-31T12:00:00-0530\tx', 'Asia/Tokyo', '2026-10-31T17:30:00.000Z'],
    ['2026-10-31 12:00:00+09 x', 'UTC', '2026-10-31T03:00:00.000Z'],
    ['2026-10-31 23:59:59.999 last', 'Asia/Tokyo', '2026-10-31T14:59:59.999Z'],
    ['2026-11-01 00:00:00 first', 'Asia/Tokyo', '2026-10-31T15:00:00.000Z'],
    ['2026-10-31 12:00:00,123 - INFO', 'Asia/Tokyo', '2026-10-31T03:00:00.123Z'],
    ['2026-10-31T12:00:00|x', 'Asia/Tokyo', '2026-10-31T03:00:00.000Z'],
    ['2026-10-31 12:00:00: x', 'Asia/Kathmandu', '2026-10-31T06:15:00.000Z'],
    ['2026-03-29 01:59:59 before the gap', 'Europe/Berlin', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29 02:30:00 in the gap', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29 03:00:00 after the gap', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25 02:30:00 shown twice', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25 02:30:00+01:00 the second time', 'Europe/Berlin', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25 03:00:00 after both', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
  ])('%j in %s has the time %s', (line, timeZone, expected) => {
    expect(new Date(parseTimestamp(line, timeZone) ?? 0).toISOString()).toBe(expected);
  });

  it.each([
    '',
    ' 2026-10-31 12:00:00 indented',
    '    at handler (checkout.js:3:1)',
    '2026-10-31',
    '2026-10-31 12:00 without seconds',
    '2026-10-31T12:00:00Zulu',
    '2026-10-31T12:00:00+09:00x',
    '31/Oct/2026:12:00:00 +0900',
  ])('%j has no timestamp', (line) => {
    expect(parseTimestamp(line, 'Asia/Tokyo')).toBeUndefined();
  });

  it.each([
    ['2026-02-29 10:00:00 x', '2026-02-29 10:00:00'],
    ['2026-10-31T24:00:00Z x', '2026-10-31T24:00:00Z'],
    ['2026-10-31T12:00:00.1234567890Z', '2026-10-31T12:00:00.1234567890Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
  ])('%j is rejected', (line, text) => {
    expect(() => parseTimestamp(line, 'Asia/Tokyo')).toThrow(
      new Error(`timestamp must be a valid date and time since 1970, got "${text}"`),
    );
  });
});
