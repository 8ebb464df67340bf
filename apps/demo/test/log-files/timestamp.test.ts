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
    ['2026-08-31 23:30:00.123 UTC [4711] LOG: x', 'Asia/Tokyo', '2026-08-31T23:30:00.123Z'],
    ['2026-08-31 23:30:00 GMT', 'Asia/Tokyo', '2026-08-31T23:30:00.000Z'],
    ['2026-08-31 23:30:00.123UTC x', 'Asia/Tokyo', '2026-08-31T23:30:00.123Z'],
    ['2026-08-31t23:30:00z x', 'Asia/Tokyo', '2026-08-31T23:30:00.000Z'],
    ['2026-08-31 23:30:00 Z x', 'Asia/Tokyo', '2026-08-31T23:30:00.000Z'],
    ['2026-10-31 23:00:00 -0500 x', 'Asia/Tokyo', '2026-11-01T04:00:00.000Z'],
    ['2026-10-31 23:00:00  -05:00', 'Asia/Tokyo', '2026-11-01T04:00:00.000Z'],
    ['2026-10-31 23:00:00\t+05 [1]', 'Asia/Tokyo', '2026-10-31T18:00:00.000Z'],
    ['2026-10-31 23:00:00 +0545 x', 'Asia/Tokyo', '2026-10-31T17:15:00.000Z'],
    ['2026-10-31 23:00:00 UTC+9 x', 'UTC', '2026-10-31T14:00:00.000Z'],
    ['2026-10-31 23:00:00 GMT-05:30 x', 'UTC', '2026-11-01T04:30:00.000Z'],
    ['[2026-10-31 23:00:00 UTC] x', 'Asia/Tokyo', '2026-10-31T23:00:00.000Z'],
    ['2026-10-31 23:00:00 [UTC] x', 'Asia/Tokyo', '2026-10-31T23:00:00.000Z'],
    ['[2026-10-31T23:00:00.5+01:00] x', 'Asia/Tokyo', '2026-10-31T22:00:00.500Z'],
    ['2026-10-31 23:00:00 JST x', 'UTC', '2026-10-31T14:00:00.000Z'],
    ['2026-07-31 23:00:00 CEST [1]', 'Asia/Tokyo', '2026-07-31T21:00:00.000Z'],
    ['2026-10-31 23:00:00 America/New_York x', 'Asia/Tokyo', '2026-11-01T03:00:00.000Z'],
    ['2026-10-31 23:00:00 Etc/GMT+9 x', 'UTC', '2026-11-01T08:00:00.000Z'],
    ['2019-11-01  0:05:00 x', 'Asia/Tokyo', '2019-10-31T15:05:00.000Z'],
    ['2019-11-01 9:05:00 x', 'Asia/Tokyo', '2019-11-01T00:05:00.000Z'],
    ['2019-11-01 09:05 x', 'Asia/Tokyo', '2019-11-01T00:05:00.000Z'],
    ['2026/10/31 23:00:00 [error] 1#1: x', 'Asia/Tokyo', '2026-10-31T14:00:00.000Z'],
    ['2026-10-31 12:00:00 INFO x', 'Asia/Tokyo', '2026-10-31T03:00:00.000Z'],
    ['2026-10-31 12:00:00 GET /x', 'Asia/Tokyo', '2026-10-31T03:00:00.000Z'],
    ['2026-10-31 12:00:00 est. 3 s', 'Asia/Tokyo', '2026-10-31T03:00:00.000Z'],
    ['2026-10-31 12:00:00 -12.5 degrees', 'Asia/Tokyo', '2026-10-31T03:00:00.000Z'],
    ['2026-10-31 12:00:00 +123456 x', 'Asia/Tokyo', '2026-10-31T03:00:00.000Z'],
  ])('%j in %s has the time %s', (line, timeZone, expected) => {
    expect(new Date(parseTimestamp(line, timeZone) ?? 0).toISOString()).toBe(expected);
  });

  it.each([
    '',
    ' 2026-10-31 12:00:00 indented',
    '    at handler (checkout.js:3:1)',
    'Caused by: java.io.IOException: 2026-10-31 12:00:00',
    '10.1.20.30 is unreachable',
    '123456789012 is the account',
    '1.5 MiB in 12:00 minutes',
    'May 5 of 6 retries fail',
    '{',
  ])('%j has no timestamp', (line) => {
    expect(parseTimestamp(line, 'Asia/Tokyo')).toBeUndefined();
  });

  it.each([
    '2026-10-31',
    '2026-10-31: a date only',
    '2026-1-31 12:00:00 a month of one digit',
    '2019-11- 1 10:05:00 a padded day',
    '2026-10-31T12:00:00Zulu',
    '2026-10-31T12:00:00Z_',
    '2026-10-31T12:00:00+09:00x',
    '2026-10-31 12:00:00+9',
    '2026-10-31 12:00:00 UTC+9:5',
    '2026.10.31 12:00:00',
    '20261031T120000Z',
    '20261031 12:00:00',
    '31/Oct/2026:12:00:00 +0900',
    '[31-Oct-2026 12:00:00 UTC]',
    '10/31/2026 12:00:00 PM',
    'Oct 31 12:00:00 host app[1]',
    'Nov  1 12:00:00 host app[1]',
    'Sat Oct 31 12:00:00 2026',
    'Oct 31, 2026 12:00:00 PM',
    'Sat, 31 Oct 2026 12:00:00 GMT',
  ])('%j starts with a date, and is rejected because its time is unknown', (line) => {
    expect(() => parseTimestamp(line, 'Asia/Tokyo')).toThrow(
      new Error(
        `a line that starts with a date must start with a timestamp such as 2026-10-31T12:00:00Z or 2026-10-31 12:00:00, got ${JSON.stringify(line)}`,
      ),
    );
  });

  it.each(['IST', 'CST', 'BST', 'PST', 'MSK', 'SGT'])(
    'with the time zone %s, which has several offsets, is rejected',
    (zone) => {
      expect(() => parseTimestamp(`2026-10-31 12:00:00 ${zone} x`, 'Asia/Tokyo')).toThrow(
        new Error(
          `time zone must be UTC, an offset such as +09:00, or an abbreviation with one meaning such as JST, got "${zone}"`,
        ),
      );
    },
  );

  it('with an offset that no place has is rejected', () => {
    expect(() => parseTimestamp('2026-10-31 12:00:00 -1530 x', 'UTC')).toThrow(
      new Error('offset must be from -14:00 to +14:00, got -15:30'),
    );
  });

  it.each([
    ['2026-02-29 10:00:00 x', '2026-02-29 10:00:00'],
    ['2026-10-31T24:00:00Z x', '2026-10-31T24:00:00'],
    ['2026-10-31T12:00:00.1234567890Z', '2026-10-31T12:00:00.1234567890'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00'],
    ['2019-11-01 25:05:00 x', '2019-11-01 25:05:00'],
  ])('%j is rejected', (line, text) => {
    expect(() => parseTimestamp(line, 'Asia/Tokyo')).toThrow(
      new Error(`timestamp must be a valid date and time since 1970, got "${text}"`),
    );
  });
});
