import type { Granularity } from '../src/contract';
import { currentPeriod, parseInstant, parsePeriod, periodBefore, previousPeriod } from '../src/periods';
import { isoPeriod } from './iso-period';
import { namedError } from './named-error';

const HOUR_MS = 3_600_000;
const ZONE_EXPECTED = "timeZone must be an IANA time zone such as 'Asia/Tokyo' or 'UTC'";

it.each([
  ['2026-10', 'Asia/Tokyo', '2026-09'],
  ['2026-01', 'UTC', '2025-12'],
  ['2026-03-01', 'Asia/Tokyo', '2026-02-28'],
  // Samoa skipped 30 December.
  ['2011-12-31', 'Pacific/Apia', '2011-12-29'],
])('periodBefore returns before %s in %s the period %s', (name, timeZone, before) => {
  expect(periodBefore(parsePeriod(name, timeZone), timeZone)).toEqual(parsePeriod(before, timeZone));
});

describe('previousPeriod by month', () => {
  it.each`
    when                                             | scheduledTime                       | timeZone                 | name         | from                          | to
    ${'00:30 JST on the 1st'}                        | ${'2026-10-31T15:30:00Z'}           | ${'Asia/Tokyo'}          | ${'2026-10'} | ${'2026-09-30T15:00:00.000Z'} | ${'2026-10-31T14:59:59.999Z'}
    ${'00:30 JST on the 1st, with an offset'}        | ${'2026-11-01T00:30:00+09:00'}      | ${'Asia/Tokyo'}          | ${'2026-10'} | ${'2026-09-30T15:00:00.000Z'} | ${'2026-10-31T14:59:59.999Z'}
    ${'00:30 JST on the 1st, for months of UTC'}     | ${'2026-10-31T15:30:00Z'}           | ${'UTC'}                 | ${'2026-09'} | ${'2026-09-01T00:00:00.000Z'} | ${'2026-09-30T23:59:59.999Z'}
    ${'the first millisecond of a month'}            | ${'2026-10-31T15:00:00.000Z'}       | ${'Asia/Tokyo'}          | ${'2026-10'} | ${'2026-09-30T15:00:00.000Z'} | ${'2026-10-31T14:59:59.999Z'}
    ${'the last millisecond of a month'}             | ${'2026-10-31T14:59:59.999Z'}       | ${'Asia/Tokyo'}          | ${'2026-09'} | ${'2026-08-31T15:00:00.000Z'} | ${'2026-09-30T14:59:59.999Z'}
    ${'the last nanosecond of a month'}              | ${'2026-10-31T14:59:59.999999999Z'} | ${'Asia/Tokyo'}          | ${'2026-09'} | ${'2026-08-31T15:00:00.000Z'} | ${'2026-09-30T14:59:59.999Z'}
    ${'the second nanosecond of a month'}            | ${'2026-10-31T15:00:00.000000001Z'} | ${'Asia/Tokyo'}          | ${'2026-10'} | ${'2026-09-30T15:00:00.000Z'} | ${'2026-10-31T14:59:59.999Z'}
    ${'nine fractional digits in the middle'}        | ${'2026-11-02T03:00:00.123456789Z'} | ${'Asia/Tokyo'}          | ${'2026-10'} | ${'2026-09-30T15:00:00.000Z'} | ${'2026-10-31T14:59:59.999Z'}
    ${'January'}                                     | ${'2027-01-02T03:00:00Z'}           | ${'Asia/Tokyo'}          | ${'2026-12'} | ${'2026-11-30T15:00:00.000Z'} | ${'2026-12-31T14:59:59.999Z'}
    ${'New Year in Tokyo, still the old one in UTC'} | ${'2026-12-31T15:00:00Z'}           | ${'Asia/Tokyo'}          | ${'2026-12'} | ${'2026-11-30T15:00:00.000Z'} | ${'2026-12-31T14:59:59.999Z'}
    ${'February'}                                    | ${'2027-02-02T03:00:00Z'}           | ${'UTC'}                 | ${'2027-01'} | ${'2027-01-01T00:00:00.000Z'} | ${'2027-01-31T23:59:59.999Z'}
    ${'March'}                                       | ${'2026-03-02T03:00:00Z'}           | ${'UTC'}                 | ${'2026-02'} | ${'2026-02-01T00:00:00.000Z'} | ${'2026-02-28T23:59:59.999Z'}
    ${'29 February'}                                 | ${'2028-02-29T12:00:00Z'}           | ${'UTC'}                 | ${'2028-01'} | ${'2028-01-01T00:00:00.000Z'} | ${'2028-01-31T23:59:59.999Z'}
    ${'March of a leap year'}                        | ${'2028-03-02T03:00:00Z'}           | ${'UTC'}                 | ${'2028-02'} | ${'2028-02-01T00:00:00.000Z'} | ${'2028-02-29T23:59:59.999Z'}
    ${'March of 2100, which is no leap year'}        | ${'2100-03-02T03:00:00Z'}           | ${'UTC'}                 | ${'2100-02'} | ${'2100-02-01T00:00:00.000Z'} | ${'2100-02-28T23:59:59.999Z'}
    ${'a month in which summer time begins'}         | ${'2026-04-02T12:00:00Z'}           | ${'America/New_York'}    | ${'2026-03'} | ${'2026-03-01T05:00:00.000Z'} | ${'2026-04-01T03:59:59.999Z'}
    ${'a month in which summer time ends'}           | ${'2026-12-02T12:00:00Z'}           | ${'America/New_York'}    | ${'2026-11'} | ${'2026-11-01T04:00:00.000Z'} | ${'2026-12-01T04:59:59.999Z'}
    ${'a month in which summer time begins, Europe'} | ${'2026-04-02T12:00:00Z'}           | ${'Europe/Berlin'}       | ${'2026-03'} | ${'2026-02-28T23:00:00.000Z'} | ${'2026-03-31T21:59:59.999Z'}
    ${'a month in which summer time ends, Europe'}   | ${'2026-11-02T12:00:00Z'}           | ${'Europe/Berlin'}       | ${'2026-10'} | ${'2026-09-30T22:00:00.000Z'} | ${'2026-10-31T22:59:59.999Z'}
    ${'a month whose first midnight comes twice'}    | ${'2026-12-02T12:00:00Z'}           | ${'America/Havana'}      | ${'2026-11'} | ${'2026-11-01T04:00:00.000Z'} | ${'2026-12-01T04:59:59.999Z'}
    ${'half an hour in the offset'}                  | ${'2026-11-02T03:00:00Z'}           | ${'Asia/Kolkata'}        | ${'2026-10'} | ${'2026-09-30T18:30:00.000Z'} | ${'2026-10-31T18:29:59.999Z'}
    ${'half an hour of summer time begins'}          | ${'2026-11-02T03:00:00Z'}           | ${'Australia/Lord_Howe'} | ${'2026-10'} | ${'2026-09-30T13:30:00.000Z'} | ${'2026-10-31T12:59:59.999Z'}
    ${'half an hour of summer time ends'}            | ${'2026-05-02T03:00:00Z'}           | ${'Australia/Lord_Howe'} | ${'2026-04'} | ${'2026-03-31T13:00:00.000Z'} | ${'2026-04-30T13:29:59.999Z'}
    ${'three quarters of an hour in the offset'}     | ${'2026-11-02T03:00:00Z'}           | ${'Asia/Kathmandu'}      | ${'2026-10'} | ${'2026-09-30T18:15:00.000Z'} | ${'2026-10-31T18:14:59.999Z'}
    ${'UTC+14, at its midnight'}                     | ${'2026-10-31T10:00:00Z'}           | ${'Pacific/Kiritimati'}  | ${'2026-10'} | ${'2026-09-30T10:00:00.000Z'} | ${'2026-10-31T09:59:59.999Z'}
    ${'UTC+14, a millisecond before'}                | ${'2026-10-31T09:59:59.999Z'}       | ${'Pacific/Kiritimati'}  | ${'2026-09'} | ${'2026-08-31T10:00:00.000Z'} | ${'2026-09-30T09:59:59.999Z'}
    ${'UTC-12, at its midnight'}                     | ${'2026-11-01T12:00:00Z'}           | ${'Etc/GMT+12'}          | ${'2026-10'} | ${'2026-10-01T12:00:00.000Z'} | ${'2026-11-01T11:59:59.999Z'}
    ${'UTC-12, a millisecond before'}                | ${'2026-11-01T11:59:59.999Z'}       | ${'Etc/GMT+12'}          | ${'2026-09'} | ${'2026-09-01T12:00:00.000Z'} | ${'2026-10-01T11:59:59.999Z'}
    ${'a month that lacks a day'}                    | ${'2012-01-02T03:00:00Z'}           | ${'Pacific/Apia'}        | ${'2011-12'} | ${'2011-12-01T10:00:00.000Z'} | ${'2011-12-31T09:59:59.999Z'}
  `('returns $name of $timeZone: $when ($scheduledTime)', ({ scheduledTime, timeZone, name, from, to }) => {
    expect(isoPeriod(previousPeriod(scheduledTime, timeZone, 'MONTHLY'))).toEqual({ name, from, to });
    expect(isoPeriod(parsePeriod(name, timeZone))).toEqual({ name, from, to });
  });
});

describe('currentPeriod', () => {
  it.each<[string, Granularity, string]>([
    ['2026-10-31T15:00:00.000Z', 'MONTHLY', '2026-11'],
    ['2026-10-31T14:59:59.999Z', 'MONTHLY', '2026-10'],
    ['2026-10-31T15:00:00.000Z', 'DAILY', '2026-11-01'],
    ['2026-10-31T14:59:59.999Z', 'DAILY', '2026-10-31'],
  ])('returns at %s the period that is running (%s): %s', (instant, granularity, name) => {
    expect(currentPeriod(Date.parse(instant), 'Asia/Tokyo', granularity)).toEqual(parsePeriod(name, 'Asia/Tokyo'));
  });

  it('rejects an invalid time zone and an invalid granularity', () => {
    expect(() => currentPeriod(0, 'JST', 'DAILY')).toThrow(ZONE_EXPECTED);
    expect(() => currentPeriod(0, 'UTC', 'HOURLY' as Granularity)).toThrow('granularity must be MONTHLY or DAILY');
  });
});

describe('previousPeriod by day', () => {
  it.each`
    when                                    | scheduledTime                       | timeZone                 | name            | from                          | to                            | hours
    ${'00:30 JST'}                          | ${'2026-10-31T15:30:00Z'}           | ${'Asia/Tokyo'}          | ${'2026-10-31'} | ${'2026-10-30T15:00:00.000Z'} | ${'2026-10-31T14:59:59.999Z'} | ${24}
    ${'00:30 JST, for days of UTC'}         | ${'2026-10-31T15:30:00Z'}           | ${'UTC'}                 | ${'2026-10-30'} | ${'2026-10-30T00:00:00.000Z'} | ${'2026-10-30T23:59:59.999Z'} | ${24}
    ${'the first millisecond of a day'}     | ${'2026-10-31T15:00:00.000Z'}       | ${'Asia/Tokyo'}          | ${'2026-10-31'} | ${'2026-10-30T15:00:00.000Z'} | ${'2026-10-31T14:59:59.999Z'} | ${24}
    ${'the last millisecond of a day'}      | ${'2026-10-31T14:59:59.999Z'}       | ${'Asia/Tokyo'}          | ${'2026-10-30'} | ${'2026-10-29T15:00:00.000Z'} | ${'2026-10-30T14:59:59.999Z'} | ${24}
    ${'the last nanosecond of a day'}       | ${'2026-10-31T14:59:59.999999999Z'} | ${'Asia/Tokyo'}          | ${'2026-10-30'} | ${'2026-10-29T15:00:00.000Z'} | ${'2026-10-30T14:59:59.999Z'} | ${24}
    ${'1 January'}                          | ${'2026-12-31T15:30:00Z'}           | ${'Asia/Tokyo'}          | ${'2026-12-31'} | ${'2026-12-30T15:00:00.000Z'} | ${'2026-12-31T14:59:59.999Z'} | ${24}
    ${'1 March of a leap year'}             | ${'2028-03-01T12:00:00Z'}           | ${'UTC'}                 | ${'2028-02-29'} | ${'2028-02-29T00:00:00.000Z'} | ${'2028-02-29T23:59:59.999Z'} | ${24}
    ${'1 March of another year'}            | ${'2026-03-01T12:00:00Z'}           | ${'UTC'}                 | ${'2026-02-28'} | ${'2026-02-28T00:00:00.000Z'} | ${'2026-02-28T23:59:59.999Z'} | ${24}
    ${'summer time begins'}                 | ${'2026-03-09T12:00:00Z'}           | ${'America/New_York'}    | ${'2026-03-08'} | ${'2026-03-08T05:00:00.000Z'} | ${'2026-03-09T03:59:59.999Z'} | ${23}
    ${'summer time ends'}                   | ${'2026-11-02T12:00:00Z'}           | ${'America/New_York'}    | ${'2026-11-01'} | ${'2026-11-01T04:00:00.000Z'} | ${'2026-11-02T04:59:59.999Z'} | ${25}
    ${'summer time begins, Europe'}         | ${'2026-03-30T12:00:00Z'}           | ${'Europe/Berlin'}       | ${'2026-03-29'} | ${'2026-03-28T23:00:00.000Z'} | ${'2026-03-29T21:59:59.999Z'} | ${23}
    ${'summer time ends, Europe'}           | ${'2026-10-26T12:00:00Z'}           | ${'Europe/Berlin'}       | ${'2026-10-25'} | ${'2026-10-24T22:00:00.000Z'} | ${'2026-10-25T22:59:59.999Z'} | ${25}
    ${'summer time begins at midnight'}     | ${'2026-04-25T12:00:00Z'}           | ${'Africa/Cairo'}        | ${'2026-04-24'} | ${'2026-04-23T22:00:00.000Z'} | ${'2026-04-24T20:59:59.999Z'} | ${23}
    ${'summer time ends at midnight'}       | ${'2026-10-30T12:00:00Z'}           | ${'Africa/Cairo'}        | ${'2026-10-29'} | ${'2026-10-28T21:00:00.000Z'} | ${'2026-10-29T21:59:59.999Z'} | ${25}
    ${'midnight comes twice'}               | ${'2026-11-02T12:00:00Z'}           | ${'America/Havana'}      | ${'2026-11-01'} | ${'2026-11-01T04:00:00.000Z'} | ${'2026-11-02T04:59:59.999Z'} | ${25}
    ${'in the second of two first hours'}   | ${'2026-11-01T05:30:00Z'}           | ${'America/Havana'}      | ${'2026-10-31'} | ${'2026-10-31T04:00:00.000Z'} | ${'2026-11-01T03:59:59.999Z'} | ${24}
    ${'half an hour in the offset'}         | ${'2026-11-02T03:00:00Z'}           | ${'Asia/Kolkata'}        | ${'2026-11-01'} | ${'2026-10-31T18:30:00.000Z'} | ${'2026-11-01T18:29:59.999Z'} | ${24}
    ${'half an hour of summer time begins'} | ${'2026-10-05T03:00:00Z'}           | ${'Australia/Lord_Howe'} | ${'2026-10-04'} | ${'2026-10-03T13:30:00.000Z'} | ${'2026-10-04T12:59:59.999Z'} | ${23.5}
    ${'half an hour of summer time ends'}   | ${'2026-04-06T03:00:00Z'}           | ${'Australia/Lord_Howe'} | ${'2026-04-05'} | ${'2026-04-04T13:00:00.000Z'} | ${'2026-04-05T13:29:59.999Z'} | ${24.5}
    ${'UTC+14'}                             | ${'2026-10-31T10:00:00Z'}           | ${'Pacific/Kiritimati'}  | ${'2026-10-31'} | ${'2026-10-30T10:00:00.000Z'} | ${'2026-10-31T09:59:59.999Z'} | ${24}
    ${'UTC-12'}                             | ${'2026-11-01T12:00:00Z'}           | ${'Etc/GMT+12'}          | ${'2026-10-31'} | ${'2026-10-31T12:00:00.000Z'} | ${'2026-11-01T11:59:59.999Z'} | ${24}
    ${'the day before was skipped '}        | ${'2011-12-31T12:00:00+14:00'}      | ${'Pacific/Apia'}        | ${'2011-12-29'} | ${'2011-12-29T10:00:00.000Z'} | ${'2011-12-30T09:59:59.999Z'} | ${24}
  `('returns $name of $timeZone: $when ($scheduledTime)', ({ scheduledTime, timeZone, name, from, to, hours }) => {
    const period = previousPeriod(scheduledTime, timeZone, 'DAILY');

    expect(isoPeriod(period)).toEqual({ name, from, to });
    expect(isoPeriod(parsePeriod(name, timeZone))).toEqual({ name, from, to });
    expect((period.to + 1 - period.from) / HOUR_MS).toBe(hours);
  });
});

describe('previousPeriod', () => {
  it.each(['+09:00', 'JST', 'Foo/Bar', '', 'asia/tokyo'])('rejects the time zone "%s"', (timeZone) => {
    expect(() => previousPeriod('2026-11-02T03:00:00Z', timeZone, 'MONTHLY')).toThrow(
      namedError('InvalidArchiveRequest', `${ZONE_EXPECTED}, got "${timeZone}"`),
    );
  });

  it.each([
    ['WEEKLY', '"WEEKLY"'],
    ['monthly', '"monthly"'],
    ['', '""'],
    [undefined, 'undefined'],
  ])('rejects the granularity %p', (granularity, got) => {
    expect(() => previousPeriod('2026-11-02T03:00:00Z', 'UTC', granularity as Granularity)).toThrow(
      namedError('InvalidArchiveRequest', `granularity must be MONTHLY or DAILY, got ${got}`),
    );
  });

  it('names scheduledTime when it is not an instant', () => {
    expect(() => previousPeriod('2026-11-02T03:00:00', 'UTC', 'MONTHLY')).toThrow(
      namedError(
        'InvalidArchiveRequest',
        'scheduledTime must be an ISO 8601 instant with a zone such as "2026-11-02T03:00:00Z", got "2026-11-02T03:00:00"',
      ),
    );
  });
});

describe('parsePeriod', () => {
  const refusal = (name: string, timeZone: string) =>
    namedError(
      'InvalidArchiveRequest',
      `period must be a month such as "2026-10" or a day such as "2026-10-31" of ${timeZone}, got "${name}"`,
    );

  it.each([
    '2026-13',
    '2026-00',
    '2026-02-30',
    '2026-02-29',
    '2026-10-00',
    '2026-10-32',
    '2026-1',
    '2026-10-1',
    '2026',
    'October',
    '',
    '20261031',
    '2026-10-31T00:00:00Z',
    ' 2026-10',
    '2026-10-31 ',
    '+002026-10',
  ])('rejects "%s"', (name) => {
    expect(() => parsePeriod(name, 'UTC')).toThrow(refusal(name, 'UTC'));
  });

  it('rejects the day that a zone skipped when it crossed the date line', () => {
    expect(() => parsePeriod('2011-12-30', 'Pacific/Apia')).toThrow(refusal('2011-12-30', 'Pacific/Apia'));
  });

  it.each(['+09:00', 'JST', 'Foo/Bar', '', 'asia/tokyo'])('rejects the time zone "%s"', (timeZone) => {
    expect(() => parsePeriod('2026-10', timeZone)).toThrow(
      namedError('InvalidArchiveRequest', `${ZONE_EXPECTED}, got "${timeZone}"`),
    );
  });
});

describe('parseInstant', () => {
  it.each([
    ['2026-11-02T03:00:00Z', '2026-11-02T03:00:00.000Z'],
    ['2026-11-02T03:00Z', '2026-11-02T03:00:00.000Z'],
    ['2026-11-02T03:00:00.1Z', '2026-11-02T03:00:00.100Z'],
    ['2026-11-02T03:00:00.123456789Z', '2026-11-02T03:00:00.123Z'],
    ['2026-11-02T12:00:00+09:00', '2026-11-02T03:00:00.000Z'],
  ])('parses %s', (value, instant) => {
    expect(new Date(parseInstant('startedAt', value).epochMilliseconds).toISOString()).toBe(instant);
  });

  it.each([
    ['without a zone', '2026-11-02T03:00:00'],
    ['only a date', '2026-11-02'],
    ['10 fractional digits', '2026-11-02T03:00:00.1234567890Z'],
    ['a 31st of a month with 30 days', '2026-11-31T03:00:00Z'],
    ['a month 13', '2026-13-02T03:00:00Z'],
    ['milliseconds', '1793588400000'],
    ['an unresolved placeholder', '<aws.scheduler.scheduled-time>'],
    ['nonsense', 'yesterday'],
    ['an empty string', ''],
  ])('rejects %s and names the field', (_, value) => {
    expect(() => parseInstant('startedAt', value)).toThrow(
      namedError(
        'InvalidArchiveRequest',
        `startedAt must be an ISO 8601 instant with a zone such as "2026-11-02T03:00:00Z", got "${value}"`,
      ),
    );
  });
});
