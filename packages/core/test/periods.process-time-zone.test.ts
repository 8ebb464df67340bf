import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Period, previousPeriod } from '../src/periods';
import { isoPeriod } from './iso-period';
import { anyGranularity, anyInstant, anyTimeZone } from './period-arbitraries';

type Arguments = Parameters<typeof previousPeriod>;

interface Result {
  offsetInJanuary: number;
  periods: Period[];
}

/** Calls the compiled code in another process, because a process reads TZ only when it starts, and jest hides it. */
function callInProcess(processTimeZone: string, calls: Arguments[]): Result {
  const script = `
    const { previousPeriod } = require(${JSON.stringify(join(__dirname, '..', 'lib'))});
    const calls = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
    const offsetInJanuary = new Date(Date.UTC(2026, 0, 1)).getTimezoneOffset();
    console.log(JSON.stringify({ offsetInJanuary, periods: calls.map((call) => previousPeriod(...call)) }));
  `;
  const env = { ...process.env, TZ: processTimeZone };
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { env, input: JSON.stringify(calls) }).toString());
}

describe.each([
  ['Asia/Tokyo', -540],
  ['UTC', 0],
  ['America/New_York', 300],
  ['Pacific/Kiritimati', -840],
  ['Etc/GMT+12', 720],
])('in a process with TZ=%s', (processTimeZone, offsetInJanuary) => {
  it('returns the period that ended in the given zone, at 00:30 JST on the 1st', () => {
    const result = callInProcess(processTimeZone, [
      ['2026-10-31T15:30:00Z', 'Asia/Tokyo', 'MONTHLY'],
      ['2026-10-31T15:30:00Z', 'Asia/Tokyo', 'DAILY'],
      ['2026-10-31T15:30:00Z', 'UTC', 'MONTHLY'],
    ]);

    expect(result.offsetInJanuary).toBe(offsetInJanuary);
    expect(result.periods.map(isoPeriod)).toEqual([
      { name: '2026-10', from: '2026-09-30T15:00:00.000Z', to: '2026-10-31T14:59:59.999Z' },
      { name: '2026-10-31', from: '2026-10-30T15:00:00.000Z', to: '2026-10-31T14:59:59.999Z' },
      { name: '2026-09', from: '2026-09-01T00:00:00.000Z', to: '2026-09-30T23:59:59.999Z' },
    ]);
  });

  it('returns the same periods as this process', () => {
    const calls = fc.sample(fc.tuple(anyInstant(), anyTimeZone(), anyGranularity()), 200);

    const result = callInProcess(processTimeZone, calls);

    expect(result.periods).toEqual(calls.map((call) => previousPeriod(...call)));
  });
});
