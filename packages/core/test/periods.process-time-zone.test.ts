import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Period, previousPeriod } from '../src/periods';
import { isoPeriod } from './iso-period';
import { anyFrequency, anyInstant, anyTimeZone } from './period-arbitraries';

type Arguments = Parameters<typeof previousPeriod>;

interface Answer {
  offsetInJanuary: number;
  periods: Period[];
}

/** A process reads TZ at its start, and jest's sandbox hides it: so a process of its own, on what was compiled. */
function askUnder(processTimeZone: string, calls: Arguments[]): Answer {
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
  it('a run at 00:30 JST on the 1st gets the month that ended in Tokyo, and the one that ended in UTC', () => {
    const answer = askUnder(processTimeZone, [
      ['2026-10-31T15:30:00Z', 'Asia/Tokyo', 'MONTHLY'],
      ['2026-10-31T15:30:00Z', 'Asia/Tokyo', 'DAILY'],
      ['2026-10-31T15:30:00Z', 'UTC', 'MONTHLY'],
    ]);

    expect(answer.offsetInJanuary).toBe(offsetInJanuary);
    expect(answer.periods.map(isoPeriod)).toEqual([
      { name: '2026-10', from: '2026-09-30T15:00:00.000Z', to: '2026-10-31T14:59:59.999Z' },
      { name: '2026-10-31', from: '2026-10-30T15:00:00.000Z', to: '2026-10-31T14:59:59.999Z' },
      { name: '2026-09', from: '2026-09-01T00:00:00.000Z', to: '2026-09-30T23:59:59.999Z' },
    ]);
  });

  it('any period is the one that this process gets', () => {
    const calls = fc.sample(fc.tuple(anyInstant(), anyTimeZone(), anyFrequency()), 200);

    const answer = askUnder(processTimeZone, calls);

    expect(answer.periods).toEqual(calls.map((call) => previousPeriod(...call)));
  });
});
