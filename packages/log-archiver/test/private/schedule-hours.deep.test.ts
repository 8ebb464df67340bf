import { type Period, settledPeriods, toIsoTime } from '@log-archiver/core';

const HOUR_MS = 3_600_000;
const HALF_HOUR_MS = HOUR_MS / 2;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/**
 * Returns the instants at which EventBridge Scheduler starts a daily schedule, for each hour of the schedule.
 *
 * It skips an hour that a clock change skips, and starts once in an hour that a clock change repeats.
 */
function listRuns(timeZone: string, dates: readonly [string, string]): number[][] {
  const [from, to] = dates.map((date) => Date.parse(date)) as [number, number];
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const runs = HOURS.map(() => new Map<string, number>());
  for (let time = from; time < to; time += HALF_HOUR_MS) {
    const [date = '', clock = ''] = format.format(time).split(' ');
    const [hour, minute] = clock.split(':').map(Number);
    if (minute === 0 && !runs[hour].has(date)) {
      runs[hour].set(date, time);
    }
  }
  return runs.map((each) => [...each.values()]);
}

/** Returns the hours that each day waits for a run after it has settled. Throws if a run leaves a day out. */
function listWaits(runs: number[], timeZone: string, settleHours: number): number[] {
  let latest: Period | undefined;
  return runs.flatMap((run) => {
    const settled = settledPeriods(toIsoTime(run), timeZone, 'DAILY', settleHours, 3);
    const seen = latest?.to ?? (settled.at(-1) as Period).to;
    const fresh = settled.filter((period) => period.to > seen);
    if (latest !== undefined && fresh[0] !== undefined && fresh[0].from !== latest.to + 1) {
      throw new Error(`no run checks the day before ${fresh[0].name}`);
    }
    latest = settled.at(-1);
    return fresh.map((period) => (run - (period.to + 1)) / HOUR_MS - settleHours);
  });
}

const SPRING = ['2026-03-01', '2026-04-30'] as const;
const AUTUMN = ['2026-10-15', '2026-11-15'] as const;

describe('a daily run at any hour', () => {
  it.each([12, 24, 30])('archives each day within 24 hours after it has settled: settleTime %d h', (settleHours) => {
    for (const [hour, runs] of listRuns('Asia/Tokyo', SPRING).entries()) {
      const waits = listWaits(runs, 'Asia/Tokyo', settleHours);
      expect(waits).toHaveLength(59);
      expect(new Set(waits)).toEqual(new Set([(hour - settleHours + 48) % 24]));
    }
  });

  it.each([
    ['America/New_York', SPRING],
    ['America/New_York', AUTUMN],
    // At midnight.
    ['Africa/Cairo', SPRING],
    // By half an hour.
    ['Australia/Lord_Howe', SPRING],
  ] as const)('leaves no day out when the clock changes: %s from %s', (timeZone, dates) => {
    for (const runs of listRuns(timeZone, dates)) {
      const waits = listWaits(runs, timeZone, 24);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
      // A day of 25 hours, or a skipped hour and a day of 24 hours.
      expect(Math.max(...waits)).toBeLessThanOrEqual(48);
    }
  });
});
