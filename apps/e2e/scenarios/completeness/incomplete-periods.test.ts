import type { ScriptedExport } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { APP, ScheduledArchiver, type ScheduledRun, synthesizeArchiver } from '../scheduled-archiver';

const synthesized = synthesizeArchiver([APP], { granularity: Granularity.DAILY });

/** Day whose export fails. It is due on the third. */
const FIRST_DAY = '2026-10-01';
const NOON = `${FIRST_DAY}T12:00:00.000Z`;
/** Days of runs: more than the three periods to which a run looks back. */
const FIVE_RUNS = ['2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'];
const FAILS: ScriptedExport = { pendingSeconds: 0, runningSeconds: 0, ends: 'FAILED' };

/** Creates a log group with one event, on the first day. */
async function prepareArchiver(): Promise<ScheduledArchiver> {
  const archiver = new ScheduledArchiver(synthesized, NOON);
  await archiver.createLogGroup(APP);
  await archiver.putEvents(APP, NOON);
  return archiver;
}

/** Runs on each day. Only the export of the first day fails, twice in each run. */
async function runWithFailures(archiver: ScheduledArchiver): Promise<ScheduledRun[]> {
  const { scripts } = archiver.aws.logs.exportTasks;
  const runs: ScheduledRun[] = [];
  for (const day of FIVE_RUNS) {
    // From the second run on, the day before yesterday is exported between the two attempts.
    scripts.set(APP, runs.length === 0 ? [FAILS, FAILS] : [FAILS, {}, FAILS]);
    runs.push(await archiver.runOn(day));
  }
  scripts.clear();
  return runs;
}

describe('a day that fails for longer than runs look back', () => {
  it('fails every run with a notification, until it is archived', async () => {
    const archiver = await prepareArchiver();
    const runs = await runWithFailures(archiver);
    expect(runs.map(({ end }) => end)).toEqual(FIVE_RUNS.map(() => 'ArchiveIncomplete'));
    expect(runs.map(({ entries }) => entries.includes(`${FIRST_DAY} FAILED`))).toEqual(FIVE_RUNS.map(() => true));
    expect(runs.map(({ messages }) => messages.length)).toEqual(FIVE_RUNS.map(() => 1));
    expect(runs.at(-1)?.messages[0]).toContain(`  ${FIRST_DAY}  ${APP}  FAILED: `);
    expect(archiver.statuses).toMatchObject({ [FIRST_DAY]: 'INCOMPLETE', '2026-10-02': 'COMPLETE' });

    const recovered = await archiver.runOn('2026-10-08');
    expect([recovered.end, recovered.messages]).toEqual(['SUCCEEDED', []]);
    expect(archiver.statuses[FIRST_DAY]).toBe('COMPLETE');
    expect(archiver.archivedEvents).toEqual([`at ${NOON}`]);
    const later = await archiver.runOn('2026-10-09');
    expect(later.entries.map((entry) => entry.slice(0, 10))).toEqual(['2026-10-05', '2026-10-06', '2026-10-07']);
  });

  it('fails every run until it is lost, which is reported once', async () => {
    const archiver = await prepareArchiver();
    archiver.setRetention(APP, 7);
    await runWithFailures(archiver);
    const lost = await archiver.runOn('2026-10-10');
    expect([lost.end, lost.entries[0]]).toEqual(['ArchiveLoss', `${FIRST_DAY} RetentionExpired`]);
    expect(lost.messages).toHaveLength(1);
    expect(archiver.findPeriod(FIRST_DAY)).toMatchObject({ status: 'COMPLETE_WITH_LOSS', lost: 1, losses: [{}] });
    const later = await archiver.runOn('2026-10-11');
    expect([later.end, later.messages]).toEqual(['SUCCEEDED', []]);
    expect(archiver.statuses[FIRST_DAY]).toBe('COMPLETE_WITH_LOSS');
  });

  it('puts the alarms into ALARM before it is lost, and back to OK after it is archived', async () => {
    const archiver = await prepareArchiver();
    archiver.setRetention(APP, 7);
    await runWithFailures(archiver);
    expect(archiver.alarms).toEqual(['LogGroupsAtRisk', 'OldestIncomplete']);
    await archiver.runOn('2026-10-08');
    await archiver.aws.clock.moveTo('2026-10-08T04:00:00Z');
    expect(archiver.alarms).toEqual([]);
    expect(archiver.alarmMessages).toEqual([
      'OldestIncomplete ALARM',
      'LogGroupsAtRisk ALARM',
      'OldestIncomplete OK',
      'LogGroupsAtRisk OK',
    ]);
  });
});
