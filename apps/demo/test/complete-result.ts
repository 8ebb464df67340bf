import { Granularity } from 'cdk-log-archiver';
import { isComplete } from '../src/print-result';
import { runDemo } from '../src/run-demo';
import { createFolder } from './temporary-folder';

const NOW = Date.parse('2026-11-22T12:00:00Z');

/** Time zone, granularity, archived periods, and the number of events in them. */
export const ZONES: [string, Granularity, string[], number][] = [
  ['Asia/Tokyo', Granularity.DAILY, ['2026-11-18', '2026-11-19', '2026-11-20'], 216],
  ['Asia/Tokyo', Granularity.MONTHLY, ['2026-08', '2026-09', '2026-10'], 6_624],
  ['America/New_York', Granularity.MONTHLY, ['2026-08', '2026-09', '2026-10'], 6_624],
  ['Pacific/Kiritimati', Granularity.DAILY, ['2026-11-18', '2026-11-19', '2026-11-20'], 216],
];

/** Runs the demo and expects a complete archive of the periods. */
export async function expectCompleteResult(
  timeZone: string,
  granularity: Granularity,
  periods: string[],
  events: number,
): Promise<void> {
  const result = await runDemo(
    { out: createFolder(), temporaryFolder: createFolder(), json: false, timeZone, granularity },
    NOW,
    { reached() {}, ended() {} },
  );
  expect(result).toMatchObject({
    periods,
    plan: { exports: 12 },
    run: { execution: 'SUCCEEDED', exports: 12, outcomes: { ARCHIVED: 12, LogGroupNotFound: 3 }, errors: {} },
    receipts: { count: 12 },
    leftovers: [],
    eventsPutIn: events,
    eventsInArchive: events,
    secondRun: {
      execution: 'SUCCEEDED',
      exports: 0,
      stateTransitions: 6,
      seconds: 0,
      outcomes: { 'ARCHIVED before': 12, LogGroupNotFound: 3 },
      eventsInArchive: events,
    },
  });
  // The estimate may have a retry for each export, because most exports take longer than those of the demo.
  const { stateTransitions } = result.run;
  expect(result.plan?.stateTransitions).toBeGreaterThanOrEqual(stateTransitions);
  expect(result.plan?.stateTransitions).toBeLessThanOrEqual(stateTransitions + result.run.exports);
  expect(isComplete(result)).toBe(true);
}
