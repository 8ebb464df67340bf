import fc from 'fast-check';
import { HOUR_MS } from '../src/limits';
import { type Period, parsePeriods, previousPeriod, settledPeriods, splitIntoParts } from '../src/periods';
import { anyGranularity, anyInstant, anyTimeZone } from './period-arbitraries';

const RUNS = { numRuns: 300 };

function expectNoGapOrOverlap(ranges: Pick<Period, 'from' | 'to'>[], from: number, to: number) {
  expect(ranges[0]?.from).toBe(from);
  expect(ranges.at(-1)?.to).toBe(to);
  for (const [index, range] of ranges.entries()) {
    expect(range.from).toBeLessThanOrEqual(range.to);
    expect(range.from).toBe(index === 0 ? from : (ranges[index - 1]?.to as number) + 1);
  }
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
        for (const range of parts) {
          expect(range.to - range.from).toBeLessThan(part === 'HOUR' ? HOUR_MS : 26 * HOUR_MS);
        }
      },
    ),
    { numRuns: 200 },
  );
});
