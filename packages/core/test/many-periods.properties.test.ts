import fc from 'fast-check';
import { type Period, parsePeriods, previousPeriod, settledPeriods, splitIntoParts } from '../src/periods';
import { anyFrequency, anyInstant, anyTimeZone } from './period-arbitraries';

const RUNS = { numRuns: 300 };
const HOUR = 3_600_000;

function expectNoGapOrOverlap(ranges: Pick<Period, 'from' | 'to'>[], from: number, to: number) {
  expect(ranges[0]?.from).toBe(from);
  expect(ranges.at(-1)?.to).toBe(to);
  for (const [index, range] of ranges.entries()) {
    expect(range.from).toBeLessThanOrEqual(range.to);
    expect(range.from).toBe(index === 0 ? from : (ranges[index - 1]?.to as number) + 1);
  }
}

const anyWish = () => fc.tuple(anyInstant(), anyTimeZone(), anyFrequency(), fc.nat(72), fc.integer({ min: 1, max: 8 }));

it('settled periods are as many as asked for, follow each other, and the last but no later one has settled', () => {
  fc.assert(
    fc.property(anyWish(), ([scheduledTime, timeZone, frequency, settleHours, lookback]) => {
      const periods = settledPeriods(scheduledTime, timeZone, frequency, settleHours, lookback);
      const last = periods.at(-1) as Period;
      const settled = Math.floor(Date.parse(scheduledTime)) - settleHours * HOUR;

      expect(periods).toHaveLength(lookback);
      expectNoGapOrOverlap(periods, periods[0]?.from as number, last.to);
      expect(last.to).toBeLessThan(settled);
      expect(parsePeriods(last.name, timeZone)).toEqual([last]);
      expect(previousPeriod(new Date(settled).toISOString(), timeZone, frequency)).toEqual(last);
    }),
    RUNS,
  );
});

it('the names of the first and the last period give all that are between them', () => {
  fc.assert(
    fc.property(anyWish(), ([scheduledTime, timeZone, frequency, settleHours, lookback]) => {
      const periods = settledPeriods(scheduledTime, timeZone, frequency, settleHours, lookback);

      expect(parsePeriods(`${periods[0]?.name}/${periods.at(-1)?.name}`, timeZone)).toEqual(periods);
    }),
    RUNS,
  );
});

it('the parts of a range have no gap and no overlap, and none is longer than it may be', () => {
  fc.assert(
    fc.property(
      anyWish(),
      fc.nat(40 * 24 * HOUR),
      fc.constantFrom('DAY' as const, 'HOUR' as const),
      (wish, length, part) => {
        const [instant, timeZone] = wish;
        const from = Date.parse(instant);
        const parts = splitIntoParts({ from, to: from + length }, timeZone, part);

        expectNoGapOrOverlap(parts, from, from + length);
        for (const range of parts) {
          expect(range.to - range.from).toBeLessThan(part === 'HOUR' ? HOUR : 26 * HOUR);
        }
      },
    ),
    { numRuns: 200 },
  );
});
