import { DAY_MS, findNeededRetention, type Granularity, HOUR_MS, LONGEST_PERIOD_DAYS, retainedFrom } from '../src';

/** Returns the latest start of the second run after a period, from the start of the period. */
function findLatestRun(granularity: Granularity, settleHours: number): number {
  const settled = LONGEST_PERIOD_DAYS[granularity] * DAY_MS + settleHours * HOUR_MS;
  const [untilSchedule, untilNextRun] = [DAY_MS, DAY_MS];
  return settled + untilSchedule + untilNextRun;
}

it.each<[Granularity, number, number]>([
  ['MONTHLY', 24, 34],
  ['MONTHLY', 336, 47],
  ['DAILY', 24, 4],
  ['DAILY', 36, 5],
  ['DAILY', 12, 4],
])('retains a whole period until the second run after it: %s, settled after %d hours', (granularity, hours, days) => {
  const run = findLatestRun(granularity, hours);
  expect(findNeededRetention(granularity, hours).days).toBe(days);
  expect(retainedFrom(days, run)).toBeLessThanOrEqual(0);
  expect(retainedFrom(days - 1, run)).toBeGreaterThan(0);
});
