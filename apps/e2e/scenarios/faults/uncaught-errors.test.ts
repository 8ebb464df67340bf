import { type Archiver, ORDERS, PAYMENTS } from '../../archiver';
import { expectEverythingReported, expectIdle } from '../completeness/after-every-run';
import { prepareMonthEnd, recover, runScenario, TWO } from '../october-scenario';

/** Runs October, and expects that the first log group's child execution fails and the other log group is archived. */
async function runWithFailingChild(archiver: Archiver, cause: string) {
  const execution = archiver.start({ period: '2026-10', logGroups: TWO });
  const run = await archiver.waitFor(execution);
  await expectIdle(archiver, [execution]);
  expectEverythingReported(archiver, run, [ORDERS, PAYMENTS]);
  const [task] = archiver.aws.logs.exportTasks.describe({}).exportTasks.slice(-1);
  expect(run.outcomes).toMatchObject([
    // The child execution did not return the task's id. The planner finds the task by its name.
    { logGroupName: ORDERS, status: 'FAILED', error: 'NoOutcome', taskId: task?.taskId },
    { logGroupName: PAYMENTS, status: 'ARCHIVED', error: null },
  ]);
  const children = await Promise.all(execution.childExecutions.map(({ result }) => result));
  expect(children).toEqual([
    { status: 'FAILED', error: 'States.Runtime', cause },
    expect.objectContaining({ status: 'SUCCEEDED' }),
  ]);
  return run;
}

describe('a child execution that fails with an error that States.ALL does not catch', () => {
  it('is reported if a path does not exist, and the next run adopts its task', async () => {
    const archiver = await prepareMonthEnd();
    const { definition } = archiver.stack.stateMachine;
    const checkExportTask = Object(definition.States.ArchiveEachLogGroup?.ItemProcessor?.States.CheckExportTask);
    const { InputPath } = checkExportTask;
    checkExportTask.InputPath = '$.nowhere';
    const cause = "Path expression '$.nowhere' does not point to a value";
    // By then, the second log group waits for the slot.
    archiver.aws.clock.timers.setTimeout(() => {
      checkExportTask.InputPath = InputPath;
    }, 1_000);
    const run = await runWithFailingChild(archiver, cause);
    expect(await recover(archiver, run)).toBe(0);
  });
});

describe('an answer larger than 256 KiB, which States.ALL does catch,', () => {
  const answersTooMuch = async () => 'x'.repeat(262_144);

  it('is retried, and the log group is archived', async () => {
    const archiver = await prepareMonthEnd();
    archiver.aws.functionFaults.inject(answersTooMuch, { of: 'CheckExportTask', on: 'FIRST_CALL' });
    const execution = archiver.start({ period: '2026-10', logGroups: TWO });
    const run = await archiver.waitFor(execution);
    await expectIdle(archiver, [execution]);
    expectEverythingReported(archiver, run, [ORDERS, PAYMENTS]);
    expect(run.outcomes).toMatchObject([
      { logGroupName: ORDERS, status: 'ARCHIVED' },
      { logGroupName: PAYMENTS, status: 'ARCHIVED' },
    ]);
    expect(execution.events.filter(({ Error: error }) => error === 'States.DataLimitExceeded')).toMatchObject([
      { type: 'StateFailed', state: { name: 'CheckExportTask' } },
    ]);
    expect(await recover(archiver, run)).toBe(0);
  });

  it('is reported after all retries, and the next run adopts the task', async () => {
    const archiver = await prepareMonthEnd();
    const until = archiver.aws.clock.now() + 31 * 60_000;
    archiver.aws.functionFaults.inject(answersTooMuch, { of: 'CheckExportTask', until });
    const { run, observation } = await runScenario(archiver);
    expect(observation).toMatchObject({ outcomes: 'States.DataLimitExceeded* ARCHIVED', creations: 2 });
    expect(await recover(archiver, run)).toBe(0);
  });
});
