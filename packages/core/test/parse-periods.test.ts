import { parsePeriods } from '../src/periods';
import { isoPeriod } from './iso-period';
import { namedError } from './named-error';

const names = (text: string, timeZone = 'UTC') => parsePeriods(text, timeZone).map(({ name }) => name);

it.each([
  ['one month', '2026-10', 'UTC', ['2026-10']],
  ['one day', '2026-10-31', 'UTC', ['2026-10-31']],
  ['months over New Year', '2025-11/2026-02', 'UTC', ['2025-11', '2025-12', '2026-01', '2026-02']],
  ['the same month twice', '2026-10/2026-10', 'UTC', ['2026-10']],
  ['days around the end of February', '2028-02-28/2028-03-01', 'UTC', ['2028-02-28', '2028-02-29', '2028-03-01']],
  ['days around one that was skipped', '2011-12-29/2011-12-31', 'Pacific/Apia', ['2011-12-29', '2011-12-31']],
  [
    'days around the end of summer time',
    '2026-10-31/2026-11-02',
    'America/New_York',
    ['2026-10-31', '2026-11-01', '2026-11-02'],
  ],
])('parses %s: %s of %s', (_, text, timeZone, expected) => {
  expect(names(text, timeZone)).toEqual(expected);
});

it('returns periods of the time zone', () => {
  expect(parsePeriods('2026-09/2026-10', 'Asia/Tokyo').map(isoPeriod)).toEqual([
    { name: '2026-09', from: '2026-08-31T15:00:00.000Z', to: '2026-09-30T14:59:59.999Z' },
    { name: '2026-10', from: '2026-09-30T15:00:00.000Z', to: '2026-10-31T14:59:59.999Z' },
  ]);
});

it.each(['2026-10/2026-09', '2026-10/2026-10-31', '2026-10-31/2026-11', '2026-08/2026-09/2026-10', '2026-10/2026-10/'])(
  'rejects %p',
  (text) => {
    expect(() => names(text)).toThrow(
      namedError(
        'InvalidArchiveRequest',
        `period must be one period, or the first and the last of several of the same length such as "2025-01/2025-12", got "${text}"`,
      ),
    );
  },
);

it.each([
  ['', ''],
  ['/', ''],
  ['2026-10/', ''],
  ['/2026-10', ''],
  ['2026-13', '2026-13'],
  ['2026-10/2026-13', '2026-13'],
  ['2026-10 / 2026-11', '2026-10 '],
])('rejects %p and names the invalid part', (text, part) => {
  expect(() => names(text)).toThrow(
    namedError(
      'InvalidArchiveRequest',
      `period must be a month such as "2026-10" or a day such as "2026-10-31" of UTC, got "${part}"`,
    ),
  );
});
