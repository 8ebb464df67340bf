import { type Archiver, ORDERS } from '../archiver';
import { expectNothingGoesOn } from './after-every-run';
import { archiverAtMonthEnd, makeGood, SCHEDULED, TWO } from './run-of-october';

/** Runs, and expects the first log group's own execution to die, and to be the last thing that happened. */
async function runThatDies(archiver: Archiver, error: string, cause: string) {
  const execution = archiver.start({ scheduledTime: SCHEDULED, logGroups: TWO });
  const run = await archiver.runToEnd(execution);
  await expectNothingGoesOn(archiver, [execution]);
  expect(run).toEqual({
    result: {
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    },
    outcomes: [],
  });
  const children = await Promise.all(execution.childExecutions.map(({ result }) => result));
  expect(children).toEqual([{ status: 'FAILED', error, cause }]);
  expect(archiver.callsOf('CreateExportTask').map(({ input }) => input)).toEqual([
    expect.objectContaining({ logGroupName: ORDERS }),
  ]);
  return run;
}

describe('a log group whose own execution dies of what States.ALL does not catch', () => {
  it('turns the run red by a path that leads nowhere, and its task is taken by the same input', async () => {
    const archiver = await archiverAtMonthEnd();
    const { definition } = archiver.stack.stateMachine;
    const checkExportTask = Object(definition.States.ArchiveEachLogGroup?.ItemProcessor?.States.CheckExportTask);
    const { InputPath } = checkExportTask;
    checkExportTask.InputPath = '$.nowhere';
    const cause = "Path expression '$.nowhere' does not point to a value";
    const run = await runThatDies(archiver, 'States.Runtime', cause);
    checkExportTask.InputPath = InputPath;
    expect(await makeGood(archiver, run)).toBe(1);
  });

  it('turns the run red by an answer of more than 256 KiB, and its task is taken by the same input', async () => {
    const archiver = await archiverAtMonthEnd();
    const longAnswer = async () => 'x'.repeat(262_144);
    archiver.aws.functionFaults.inject(longAnswer, { of: 'CheckExportTask', on: 'FIRST_CALL' });
    const cause =
      "The state/task 'CheckExportTask' returned a result with a size exceeding the maximum number of bytes service limit.";
    const run = await runThatDies(archiver, 'States.DataLimitExceeded', cause);
    expect(await makeGood(archiver, run)).toBe(1);
  });
});
