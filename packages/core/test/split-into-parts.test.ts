import { parsePeriod, splitIntoParts } from '../src/periods';

const HOUR_MS = 3_600_000;
const iso = ({ from, to }: { from: number; to: number }) => [new Date(from).toISOString(), new Date(to).toISOString()];

it('splits a month into the days of its time zone', () => {
  const days = splitIntoParts(parsePeriod('2026-11', 'America/New_York'), 'America/New_York', 'DAY');

  expect(days).toHaveLength(30);
  expect(days.slice(0, 2).map(iso)).toEqual([
    ['2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'],
    ['2026-11-02T05:00:00.000Z', '2026-11-03T04:59:59.999Z'],
  ]);
  expect(days.slice(-1).map(iso)).toEqual([['2026-11-30T05:00:00.000Z', '2026-12-01T04:59:59.999Z']]);
});

it.each([
  ['a day', '2026-10-31', 'Asia/Tokyo', 24],
  ['a day of 25 hours', '2026-11-01', 'America/New_York', 25],
  ['a day of 23 hours', '2026-03-08', 'America/New_York', 23],
  ['a day of 24 and a half hours, whose last part is half an hour', '2026-04-05', 'Australia/Lord_Howe', 25],
])('splits %s into hours: %s of %s into %p', (_, name, timeZone, expected) => {
  const day = parsePeriod(name, timeZone);
  const hours = splitIntoParts(day, timeZone, 'HOUR');

  expect(hours).toHaveLength(expected);
  expect(hours[0]).toEqual({ from: day.from, to: day.from + HOUR_MS - 1 });
  expect(hours.at(-1)?.to).toBe(day.to);
});

it('starts with the rest of a day when retention cut the range', () => {
  const { to } = parsePeriod('2026-10', 'UTC');

  expect(splitIntoParts({ from: Date.parse('2026-10-30T17:12:00.001Z'), to }, 'UTC', 'DAY').map(iso)).toEqual([
    ['2026-10-30T17:12:00.001Z', '2026-10-30T23:59:59.999Z'],
    ['2026-10-31T00:00:00.000Z', '2026-10-31T23:59:59.999Z'],
  ]);
});
