import type { LogGroupTarget } from '@log-archiver/core';
import { Archiver, type FinishedRun, ORDERS, PAYMENTS } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectEverythingReported, expectIdle } from './completeness/after-every-run';

const monthly = synthesizeSample({});

/** 03:00 on the 2nd of November in Tokyo. */
export const SCHEDULED = '2026-11-01T18:00:00Z';

/** Log groups of the scenario: only two, because a long outage makes many calls per log group. */
export const TWO = [
  { logGroupName: ORDERS, s3Prefix: 'orders' },
  { logGroupName: PAYMENTS, s3Prefix: 'payments' },
];

/** Prepares an archiver whose log groups have one event of October each, at the time when October is archived. */
export async function prepareMonthEnd(...further: LogGroupTarget[]): Promise<Archiver> {
  const archiver = new Archiver(monthly, '2026-10-31T12:00:00Z');
  for (const { logGroupName } of further) {
    await archiver.createLogGroup(logGroupName);
  }
  for (const { logGroupName } of [...TWO, ...further]) {
    await archiver.putEvents(logGroupName, '2026-10-31T12:00:00.000Z');
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  return archiver;
}

/** Observations of one run, short enough for a table. */
export interface Observation {
  /** Statuses in the order of the log groups; the error instead of `FAILED`, with a `*` if the entry names an export task. */
  outcomes: string;
  creations: number;
  looks: number;
  /** Virtual time. */
  seconds: number;
  /** Prefixes under which the events are archived. */
  archived: string;
}

/** Runs the archiver for October and checks what must hold after every run. */
export async function runScenario(archiver: Archiver, logGroups: LogGroupTarget[] = TWO) {
  const { clock, logs, requestHandler } = archiver.aws;
  const start = { now: clock.now(), calls: requestHandler.calls.length };
  const execution = archiver.start({ period: '2026-10', logGroups });
  const run = await archiver.waitFor(execution);
  const seconds = Math.round((clock.now() - start.now) / 1_000);
  const operations = requestHandler.calls.slice(start.calls).map(({ operation }) => operation);
  if (!hasNoReport(run)) {
    expectEverythingReported(
      archiver,
      run,
      logGroups.map(({ logGroupName }) => logGroupName),
    );
  }
  await expectIdle(archiver, [execution]);
  // local-aws ends export tasks only when they are described.
  logs.exportTasks.describe({});
  const objects = archiver.listObjects();
  const observation: Observation = {
    outcomes: hasNoReport(run)
      ? `RUN ${run.result.error}`
      : logGroups
          .flatMap(({ logGroupName }) => run.outcomes.filter((outcome) => outcome.logGroupName === logGroupName))
          .map(formatOutcome)
          .join(' '),
    creations: operations.filter((operation) => operation === 'CreateExportTask').length,
    looks: operations.filter((operation) => operation === 'DescribeExportTasks').length,
    seconds,
    archived: logGroups
      .map(({ s3Prefix }) => s3Prefix)
      .filter((s3Prefix) => objects.includes(objectKey(s3Prefix)))
      .join(' '),
  };
  return { run, observation };
}

/**
 * Runs the same input again without faults. Returns the number of export tasks that it creates.
 *
 * Every log group must be archived then, with its events once, in the folder of the task that its receipt names.
 * Receipts from before stay as they are. A completed task that the report of `before` names must be in the receipt.
 */
export async function recover(
  archiver: Archiver,
  before: FinishedRun,
  logGroups: LogGroupTarget[] = TWO,
): Promise<number> {
  const tasksBefore = new Map(archiver.receipts.map(({ logGroupName, tasks }) => [logGroupName, tasks]));
  const { run, observation } = await runScenario(archiver, logGroups);
  expect(run.result.status).toBe('SUCCEEDED');
  expect(run.outcomes.map(describeArchived).sort()).toEqual(
    logGroups
      .map(({ logGroupName }) => `${logGroupName} ARCHIVED ${tasksBefore.has(logGroupName) ? 'before' : 'now'}`)
      .sort(),
  );
  const { receipts } = archiver;
  expect(receipts).toHaveLength(logGroups.length);
  for (const { logGroupName, tasks } of receipts) {
    expect(tasks).toMatchObject(tasksBefore.get(logGroupName) ?? [{ objects: 1 }]);
    const named = before.outcomes.find((outcome) => outcome.logGroupName === logGroupName)?.taskId ?? 'none';
    const [task] = archiver.aws.logs.exportTasks.describe({ taskId: named }).exportTasks;
    expect(tasks[0]?.taskId).toBe(task?.status.code === 'COMPLETED' ? named : tasks[0]?.taskId);
  }
  const events = archiver.listObjects().filter((key) => key.endsWith('.gz'));
  expect(events).toEqual(logGroups.map(({ s3Prefix }) => objectKey(s3Prefix)).sort());
  return observation.creations;
}

/** Disables stack traces: most of the time would go into those of the thousands of errors that are expected here. */
export function disableStackTraces() {
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}

/** Whether the run failed before it wrote a report. */
function hasNoReport(run: FinishedRun): run is FinishedRun & { result: { error: string } } {
  return run.result.status === 'FAILED' && run.result.error !== 'ArchiveIncomplete';
}

function formatOutcome({ status, error, taskId }: FinishedRun['outcomes'][number]): string {
  return status === 'FAILED' ? `${error}${taskId === null ? '' : '*'}` : (error ?? status);
}

function describeArchived({ logGroupName, status, taskId }: FinishedRun['outcomes'][number]): string {
  return `${logGroupName} ${status} ${taskId === null ? 'before' : 'now'}`;
}

function objectKey(s3Prefix: string | null): string {
  return `2026/10/${s3Prefix}/<task>/stream-2026-10-31T12.00.00.000Z/000000.gz`;
}
