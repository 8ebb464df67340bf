import { type Archiver, ORDERS, PAYMENTS } from '../archiver';
import { expectNothingGoesOn, expectNothingSilent } from './after-every-run';
import { archiverAtMonthEnd, makeGood, TWO } from './run-of-october';

/** Runs, and expects the first log group's own execution to die, and the other log group to be archived all the same. */
async function runInWhichOneDies(archiver: Archiver, error: string, cause: string) {
  const execution = archiver.start({ period: '2026-10', logGroups: TWO });
  const run = await archiver.runToEnd(execution);
  await expectNothingGoesOn(archiver, [execution]);
  expectNothingSilent(archiver, run, [ORDERS, PAYMENTS]);
  const [task] = archiver.aws.logs.exportTasks.describe({}).exportTasks.slice(-1);
  expect(run.outcomes).toMatchObject([
    // Its execution told nobody of its task, which is found by its name.
    { logGroupName: ORDERS, status: 'FAILED', error: 'NoOutcome', taskId: task?.taskId },
    { logGroupName: PAYMENTS, status: 'ARCHIVED', error: null },
  ]);
  const children = await Promise.all(execution.childExecutions.map(({ result }) => result));
  expect(children).toEqual([{ status: 'FAILED', error, cause }, expect.objectContaining({ status: 'SUCCEEDED' })]);
  return run;
}

describe('a log group whose own execution dies of what States.ALL does not catch', () => {
  it('is FAILED by name for a path that leads nowhere, and its task is taken by the same input', async () => {
    const archiver = await archiverAtMonthEnd();
    const { definition } = archiver.stack.stateMachine;
    const checkExportTask = Object(definition.States.ArchiveEachLogGroup?.ItemProcessor?.States.CheckExportTask);
    const { InputPath } = checkExportTask;
    checkExportTask.InputPath = '$.nowhere';
    const cause = "Path expression '$.nowhere' does not point to a value";
    // The second log group waits for the slot by then.
    archiver.aws.clock.timers.setTimeout(() => {
      checkExportTask.InputPath = InputPath;
    }, 1_000);
    const run = await runInWhichOneDies(archiver, 'States.Runtime', cause);
    expect(await makeGood(archiver, run)).toBe(0);
  });

  it('is FAILED by name for an answer of more than 256 KiB, and its task is taken by the same input', async () => {
    const archiver = await archiverAtMonthEnd();
    const longAnswer = async () => 'x'.repeat(262_144);
    archiver.aws.functionFaults.inject(longAnswer, { of: 'CheckExportTask', on: 'FIRST_CALL' });
    const cause =
      "The state/task 'CheckExportTask' returned a result with a size exceeding the maximum number of bytes service limit.";
    const run = await runInWhichOneDies(archiver, 'States.DataLimitExceeded', cause);
    expect(await makeGood(archiver, run)).toBe(0);
  });
});
