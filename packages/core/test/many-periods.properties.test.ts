import fc from 'fast-check';
import { HOUR_MS } from '../src/limits';
import { type Period, parsePeriods, previousPeriod, settledPeriods, splitIntoParts } from '../src/periods';
import { anyGranularity, anyInstant, anyTimeZone } from './period-arbitraries';

const RUNS = { numRuns: 300 };

function expectNoGapOrOverlap(ranges: Pick<Period, 'from' | 'to'>[], from: number, to: number) {
  // One call of expect for all ranges: a call for each of 960 hours takes most of the test's time.
  expect(ranges.map((range) => range.from)).toEqual([from, ...ranges.slice(0, -1).map((range) => range.to + 1)]);
  expect(ranges.at(-1)?.to).toBe(to);
  expect(ranges.filter((range) => range.from > range.to)).toEqual([]);
}

const anySchedule = () =>
  fc.tuple(anyInstant(), anyTimeZone(), anyGranularity(), fc.nat(72), fc.integer({ min: 1, max: 8 }));

it('returns the requested number of consecutive periods, up to the last settled one', () => {
  fc.assert(
    fc.property(anySchedule(), ([scheduledTime, timeZone, granularity, settleHours, lookback]) => {
      const periods = settledPeriods(scheduledTime, timeZone, granularity, settleHours, lookback);
      const last = periods.at(-1) as Period;
      const settled = Math.floor(Date.parse(scheduledTime)) - settleHours * HOUR_MS;

      expect(periods).toHaveLength(lookback);
      expectNoGapOrOverlap(periods, periods[0]?.from as number, last.to);
      expect(last.to).toBeLessThan(settled);
      expect(parsePeriods(last.name, timeZone)).toEqual([last]);
      expect(previousPeriod(new Date(settled).toISOString(), timeZone, granularity)).toEqual(last);
    }),
    RUNS,
  );
});

it('parses the names of the first and the last period into the whole list', () => {
  fc.assert(
    fc.property(anySchedule(), ([scheduledTime, timeZone, granularity, settleHours, lookback]) => {
      const periods = settledPeriods(scheduledTime, timeZone, granularity, settleHours, lookback);

      expect(parsePeriods(`${periods[0]?.name}/${periods.at(-1)?.name}`, timeZone)).toEqual(periods);
    }),
    RUNS,
  );
});

it('splits a range into parts without a gap, an overlap or an overlong part', () => {
  fc.assert(
    fc.property(
      anySchedule(),
      fc.nat(40 * 24 * HOUR_MS),
      fc.constantFrom('DAY' as const, 'HOUR' as const),
      (schedule, length, part) => {
        const [instant, timeZone] = schedule;
        const from = Date.parse(instant);
        const parts = splitIntoParts({ from, to: from + length }, timeZone, part);

        expectNoGapOrOverlap(parts, from, from + length);
        const limit = part === 'HOUR' ? HOUR_MS : 26 * HOUR_MS;
        expect(parts.filter((range) => range.to - range.from >= limit)).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});
