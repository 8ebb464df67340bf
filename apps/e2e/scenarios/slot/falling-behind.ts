import { Granularity } from 'cdk-log-archiver';
import { ScheduledArchiver, synthesizeArchiver } from '../scheduled-archiver';

const THREE = ['/one', '/two', '/three'];
const synthesized = synthesizeArchiver(THREE, { granularity: Granularity.DAILY });
/** Exports of the two days before the first: short, so that the log groups are older than the first day of the scenario. */
const SHORT = { pendingSeconds: 0, runningSeconds: 0 };
const TEN_HOURS = { runningSeconds: 10 * 3_600 };
const RETENTION_DAYS = 7;

/** Prepares an archiver of three log groups, of which a day takes 10 hours of export time each and is kept for 7 days. */
export async function prepareArchiver(): Promise<ScheduledArchiver> {
  const archiver = new ScheduledArchiver(synthesized, '2026-09-20T00:00:00Z');
  for (const logGroupName of THREE) {
    await archiver.createLogGroup(logGroupName);
    archiver.setRetention(logGroupName, RETENTION_DAYS);
    archiver.aws.logs.exportTasks.script(logGroupName, SHORT, SHORT, ...Array(20).fill(TEN_HOURS));
  }
  return archiver;
}
