import { settledPeriods } from '../src/periods';
import { isoPeriod } from './iso-period';
import { namedError } from './named-error';

const names = (...args: Parameters<typeof settledPeriods>) => settledPeriods(...args).map(({ name }) => name);

it.each`
  when                                     | scheduledTime                 | timeZone              | granularity  | settleHours | lookback | expected
  ${'the month that ended last'}           | ${'2026-11-02T03:00:00Z'}     | ${'Asia/Tokyo'}       | ${'MONTHLY'} | ${12}       | ${1}     | ${['2026-10']}
  ${'settled to the millisecond'}          | ${'2026-11-01T03:00:00Z'}     | ${'Asia/Tokyo'}       | ${'MONTHLY'} | ${12}       | ${1}     | ${['2026-10']}
  ${'a millisecond before that'}           | ${'2026-11-01T02:59:59.999Z'} | ${'Asia/Tokyo'}       | ${'MONTHLY'} | ${12}       | ${1}     | ${['2026-09']}
  ${'three of them, oldest first'}         | ${'2027-01-15T00:00:00Z'}     | ${'UTC'}              | ${'MONTHLY'} | ${24}       | ${3}     | ${['2026-10', '2026-11', '2026-12']}
  ${'days, of which 24 hours have passed'} | ${'2026-11-02T12:00:00Z'}     | ${'UTC'}              | ${'DAILY'}   | ${24}       | ${2}     | ${['2026-10-30', '2026-10-31']}
  ${'days around the end of summer time'}  | ${'2026-11-03T05:00:00Z'}     | ${'America/New_York'} | ${'DAILY'}   | ${24}       | ${2}     | ${['2026-10-31', '2026-11-01']}
  ${'days around one that was skipped'}    | ${'2012-01-01T10:00:00Z'}     | ${'Pacific/Apia'}     | ${'DAILY'}   | ${24}       | ${3}     | ${['2011-12-28', '2011-12-29', '2011-12-31']}
  ${'without a settle time'}               | ${'2026-11-01T00:00:00Z'}     | ${'UTC'}              | ${'MONTHLY'} | ${0}        | ${1}     | ${['2026-10']}
`('returns $expected: $when', ({ scheduledTime, timeZone, granularity, settleHours, lookback, expected }) => {
  expect(names(scheduledTime, timeZone, granularity, settleHours, lookback)).toEqual(expected);
});

it.each([
  ['2026-10-30T00:00:00.000Z', ['2026-10-30', '2026-10-31']],
  ['2026-10-29T23:59:59.999Z', ['2026-10-29', '2026-10-30', '2026-10-31']],
  ['2026-10-28T00:00:00.000Z', ['2026-10-28', '2026-10-29', '2026-10-30', '2026-10-31']],
])('adds the periods since %s to the requested number', (since, expected) => {
  expect(names('2026-11-02T00:00:00Z', 'UTC', 'DAILY', 24, 2, Date.parse(since))).toEqual(expected);
});

it('returns the first and the last millisecond of a period', () => {
  expect(settledPeriods('2026-11-02T03:00:00Z', 'Asia/Tokyo', 'MONTHLY', 12, 1).map(isoPeriod)).toEqual([
    { name: '2026-10', from: '2026-09-30T15:00:00.000Z', to: '2026-10-31T14:59:59.999Z' },
  ]);
});

it('rejects a scheduledTime without a zone', () => {
  expect(() => settledPeriods('2026-11-02T03:00:00', 'UTC', 'MONTHLY', 12, 1)).toThrow(
    namedError(
      'InvalidArchiveRequest',
      'scheduledTime must be an ISO 8601 instant with a zone such as "2026-11-02T03:00:00Z", got "2026-11-02T03:00:00"',
    ),
  );
});
