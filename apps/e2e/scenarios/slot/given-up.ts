import type { ScriptedExport } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { APP, ScheduledArchiver, synthesizeArchiver } from '../scheduled-archiver';

const synthesized = synthesizeArchiver([APP], { granularity: Granularity.DAILY });
const NOON = '2026-10-01T12:00:00.000Z';
const AT_ONCE: ScriptedExport[] = Array(24).fill({ pendingSeconds: 0, runningSeconds: 0 });

/** Start of the first run. */
export const START = Date.parse('2026-10-03T03:00:00Z');
export const TAKES_TOO_LONG: ScriptedExport = { runningSeconds: 25 * 3_600 };

/** Prepares an archiver of a log group with one event. The first export has the script; the following ones end at once. */
export async function prepareArchiver(script: ScriptedExport): Promise<ScheduledArchiver> {
  const archiver = new ScheduledArchiver(synthesized, NOON);
  await archiver.createLogGroup(APP);
  await archiver.putEvents(APP, NOON);
  archiver.aws.logs.exportTasks.script(APP, script, ...AT_ONCE);
  return archiver;
}

/** Runs, and expects that the day is archived by hour after its first task was given up. */
export async function expectArchivedByHour(archiver: ScheduledArchiver) {
  const { end, report } = await archiver.runOn('2026-10-03');
  expect(end).toBe('SUCCEEDED');
  expect(report?.leftovers).toMatchObject([{ logGroupName: APP, why: 'its export task ended with ExportTaskGivenUp' }]);
  expect(archiver.archivedEvents).toEqual([`at ${NOON}`]);
  expect(archiver.statuses['2026-10-01']).toBe('COMPLETE');
}
