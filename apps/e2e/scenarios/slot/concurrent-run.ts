import type { Execution } from '@log-archiver/local-aws';
import type { Granularity } from 'cdk-log-archiver';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../../archiver';
import { synthesizeSample } from '../../synthesize';
import { expectEverythingReported, expectIdle } from '../completeness/after-every-run';

const LOG_GROUPS = [ORDERS, CHECKOUT, PAYMENTS];

/** Creates an archiver of three log groups with one event each. */
export async function prepareArchiver(granularity: Granularity): Promise<Archiver> {
  const archiver = new Archiver(synthesizeSample({ granularity }), '2026-10-31T12:00:00Z');
  await archiver.createLogGroup(CHECKOUT);
  await putEventsAtNoon(archiver, '2026-10-31');
  return archiver;
}

/** Puts one event into each log group, at noon of a day. */
export async function putEventsAtNoon(archiver: Archiver, day: string) {
  for (const logGroupName of LOG_GROUPS) {
    await archiver.putEvents(logGroupName, `${day}T12:00:00.000Z`);
  }
}

/** Lists the keys of the events that `putEventsAtNoon` put. */
export const listKeysOfNoon = (folder: string, day: string) =>
  ['aws/lambda/checkout', 'payments', 'shop/orders'].map(
    (s3Prefix) => `${folder}/${s3Prefix}/<task>/stream-${day}T12.00.00.000Z/000000.gz`,
  );

/** Expects that both runs archive everything, in whatever order they end. */
export async function expectBothSucceed(archiver: Archiver, executions: Execution[], periods: string[]) {
  const runs = await Promise.all(executions.map((execution) => archiver.waitFor(execution)));
  for (const [index, run] of runs.entries()) {
    expect(run.result.status).toBe('SUCCEEDED');
    expectEverythingReported(archiver, run, LOG_GROUPS, periods.slice(index, index + 1));
    expect(run.outcomes.map(({ status }) => status)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
  }
  await expectIdle(archiver, executions);
  return runs;
}
