import { DAY_MS } from '@log-archiver/core';
import { isDue } from '../../src/plan/is-due';
import { PLACE } from '../archive';

const START = Date.parse('2026-11-08T06:00:00.000Z');
const PERIODS = Array.from({ length: 300 }, (_, index) => ({ ...PLACE, account: String(111111111111 + index) }));

/** Runs the verifier for two years, and returns the days of the verifications of each period. */
function verify(interval: { verifyEveryDays: number; runEveryDays: number }) {
  const days = PERIODS.map(() => [0]);
  for (let day = interval.runEveryDays; day < 730; day += interval.runEveryDays) {
    for (const [index, period] of PERIODS.entries()) {
      const verified = days[index] as number[];
      if (isDue(period, START + (verified.at(-1) as number) * DAY_MS, START + day * DAY_MS, interval)) {
        verified.push(day);
      }
    }
  }
  return days;
}

describe.each([
  { verifyEveryDays: 92, runEveryDays: 1 },
  { verifyEveryDays: 30, runEveryDays: 7 },
])('with %j, isDue', (interval) => {
  const days = verify(interval);

  it('is true at least once in verifyEveryDays', () => {
    const gaps = days.flatMap((verified) => verified.slice(1).map((day, index) => day - (verified[index] as number)));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(interval.verifyEveryDays);
  });

  it('is true for a similar number of periods in each run after the first cycle', () => {
    const counts = new Map<number, number>();
    for (const day of days.flat().filter((day) => day > 2 * interval.verifyEveryDays)) {
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    const average = (PERIODS.length * interval.runEveryDays) / (interval.verifyEveryDays - interval.runEveryDays);
    expect(Math.max(...counts.values())).toBeLessThan(4 * average);
  });
});

it('is false for a period that this run has verified', () => {
  expect(isDue(PLACE, START, START, { verifyEveryDays: 2, runEveryDays: 1 })).toBe(false);
});
