import type { LogGroupTarget } from '@log-archiver/core';
import { Archiver, ORDERS, PAYMENTS, type Run } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectNothingGoesOn, expectNothingSilent } from './after-every-run';

const monthly = synthesizeSample({});

/** 03:00 on the 2nd of November in Tokyo. */
export const SCHEDULED = '2026-11-01T18:00:00Z';

/** Two log groups, as a long outage is many calls. */
export const TWO = [
  { logGroupName: ORDERS, s3Prefix: 'orders' },
  { logGroupName: PAYMENTS, s3Prefix: 'payments' },
];

/** An event of October in each log group, and the time at which October is archived. */
export async function archiverAtMonthEnd(...further: LogGroupTarget[]): Promise<Archiver> {
  const archiver = new Archiver(monthly, '2026-10-31T12:00:00Z');
  for (const { logGroupName } of further) {
    await archiver.createLogGroup(logGroupName);
  }
  for (const { logGroupName } of [...TWO, ...further]) {
    await archiver.put(logGroupName, '2026-10-31T12:00:00.000Z');
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  return archiver;
}

/** What a run came to, in the words of a table. */
export interface Course {
  /** In the order of the log groups: a FAILED one by its error, and with a `*` if it names an export task. */
  outcomes: string;
  creations: number;
  looks: number;
  /** Of virtual time. */
  seconds: number;
  /** Below which prefixes the events are in the archive. */
  archived: string;
}

/** Runs to the end, and lets a week pass in which nothing goes on. */
export async function courseOf(archiver: Archiver, logGroups: LogGroupTarget[] = TWO) {
  const { clock, logs, requestHandler } = archiver.aws;
  const start = { now: clock.now(), calls: requestHandler.calls.length };
  const execution = archiver.start({ period: '2026-10', logGroups });
  const run = await archiver.runToEnd(execution);
  const seconds = Math.round((clock.now() - start.now) / 1_000);
  const operations = requestHandler.calls.slice(start.calls).map(({ operation }) => operation);
  if (!hasDied(run)) {
    expectNothingSilent(
      archiver,
      run,
      logGroups.map(({ logGroupName }) => logGroupName),
    );
  }
  await expectNothingGoesOn(archiver, [execution]);
  // AWS ends its tasks by itself; here it does when somebody asks.
  logs.exportTasks.describe({});
  const objects = archiver.objects();
  const course: Course = {
    outcomes: hasDied(run)
      ? `RUN ${run.result.error}`
      : logGroups
          .flatMap(({ logGroupName }) => run.outcomes.filter((outcome) => outcome.logGroupName === logGroupName))
          .map(inTheTable)
          .join(' '),
    creations: operations.filter((operation) => operation === 'CreateExportTask').length,
    looks: operations.filter((operation) => operation === 'DescribeExportTasks').length,
    seconds,
    archived: logGroups
      .map(({ s3Prefix }) => s3Prefix)
      .filter((s3Prefix) => objects.includes(eventsOf(s3Prefix)))
      .join(' '),
  };
  return { run, course };
}

/**
 * The same input again, when nothing is in the way any more: every log group is archived, with its events once, in the
 * folder of the task that its receipt names; what was archived before stays as it is, and a task that was named before
 * and has completed is that one. Answers how many export tasks were made.
 */
export async function makeGood(archiver: Archiver, before: Run, logGroups: LogGroupTarget[] = TWO): Promise<number> {
  const tasksBefore = new Map(archiver.receipts.map(({ logGroupName, tasks }) => [logGroupName, tasks]));
  const { run, course } = await courseOf(archiver, logGroups);
  expect(run.result.status).toBe('SUCCEEDED');
  expect(inAnyOrder(run.outcomes.map(({ logGroupName, error }) => `${logGroupName} ${error}`))).toEqual(
    inAnyOrder(
      logGroups.map(
        ({ logGroupName }) => `${logGroupName} ${tasksBefore.has(logGroupName) ? 'AlreadyArchived' : null}`,
      ),
    ),
  );
  const { receipts } = archiver;
  expect(receipts).toHaveLength(logGroups.length);
  for (const { logGroupName, tasks } of receipts) {
    expect(tasks).toMatchObject(tasksBefore.get(logGroupName) ?? [{ objects: 1 }]);
    const named = before.outcomes.find((outcome) => outcome.logGroupName === logGroupName)?.taskId ?? 'none';
    const [task] = archiver.aws.logs.exportTasks.describe({ taskId: named }).exportTasks;
    expect(tasks[0]?.taskId).toBe(task?.status.code === 'COMPLETED' ? named : tasks[0]?.taskId);
  }
  const events = archiver.objects().filter((key) => key.endsWith('.gz'));
  expect(events).toEqual(inAnyOrder(logGroups.map(({ s3Prefix }) => eventsOf(s3Prefix))));
  return course.creations;
}

/** Most of the time would go into the stacks of errors that are expected by the thousand. */
export function withoutStacks() {
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}

/** A run that could not be planned to its end has the error of that. */
function hasDied(run: Run): run is Run & { result: { error: string } } {
  return run.result.status === 'FAILED' && run.result.error !== 'ArchiveIncomplete';
}

function inTheTable({ status, error, taskId }: Run['outcomes'][number]): string {
  return status === 'FAILED' ? `${error}${taskId === null ? '' : '*'}` : (error ?? status);
}

function inAnyOrder(texts: string[]): string[] {
  return texts.sort();
}

function eventsOf(s3Prefix: string | null): string {
  return `2026/10/${s3Prefix}/<task>/stream-2026-10-31T12.00.00.000Z/000000.gz`;
}
