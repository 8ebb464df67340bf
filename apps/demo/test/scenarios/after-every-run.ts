import type { ArchiveReceipt, ReportedItem, SkipReason } from '@log-archiver/core';
import type { Execution } from '@log-archiver/local-aws';
import type { Archiver, Run } from '../archiver';

const SKIP_REASONS: Record<SkipReason, true> = {
  AlreadyArchived: true,
  CreatedLater: true,
  ClassNotExportable: true,
  LogGroupNotFound: true,
  RetentionExpired: true,
};

/** What holds after every run that was planned to its end, whatever AWS did: nothing is silent. */
export function expectNothingSilent(
  archiver: Archiver,
  { result, report, outcomes }: Run,
  logGroupNames: string[],
  periods = ['2026-10'],
) {
  const tally = (status: ReportedItem['status']) => outcomes.filter((outcome) => outcome.status === status).length;
  const [archived, skipped, failed] = [tally('ARCHIVED'), tally('SKIPPED'), tally('FAILED')];
  expect(report).toMatchObject({ status: failed > 0 ? 'INCOMPLETE' : 'COMPLETE', archived, skipped, failed });
  if (result.status === 'SUCCEEDED') {
    expect(result.output).toMatchObject({ status: 'COMPLETE', archived, skipped, failed: 0 });
  } else {
    expect(result).toMatchObject({ error: 'ArchiveIncomplete' });
    for (const { logGroupName } of outcomes.filter(({ status }) => status === 'FAILED').slice(0, 20)) {
      expect(result).toMatchObject({ cause: expect.stringContaining(`"${logGroupName}"`) });
    }
  }
  const named = outcomes.map(({ logGroupName, period }) => `${period} ${logGroupName}`);
  const asked = periods.flatMap((period) => logGroupNames.map((logGroupName) => `${period} ${logGroupName}`));
  expect(named.sort()).toEqual(asked.sort());
  const { receipts } = archiver;
  for (const outcome of outcomes) {
    expectTrue(archiver, receipts, outcome);
  }
  expectTrueReceipts(archiver, receipts);
}

function expectTrue(archiver: Archiver, receipts: ArchiveReceipt[], reported: ReportedItem) {
  const { logGroupName, period, status, error, taskId, destinationPrefix, leftover } = reported;
  const receipt = receipts.find((each) => each.logGroupName === logGroupName && each.period === period);
  expect(status === 'ARCHIVED').toBe(error === null);
  expect(status === 'SKIPPED').toBe(Object.hasOwn(SKIP_REASONS, String(error)));
  expect(error === 'AlreadyArchived' && receipt === undefined).toBe(false);
  if (taskId !== null) {
    const [task] = archiver.aws.logs.exportTasks.describe({ taskId }).exportTasks;
    expect(task).toMatchObject({ logGroupName, destinationPrefix, destination: archiver.bucketName });
  }
  if (status === 'ARCHIVED') {
    const isInReceipt = receipt?.tasks.some((task) => task.taskId === taskId);
    expect([isInReceipt, leftover]).toEqual(
      leftover === null ? [true, null] : [false, expect.stringContaining('was there first')],
    );
  }
}

/** The tasks of every receipt have COMPLETED, and their objects are as many as it says. */
function expectTrueReceipts({ aws, bucketName }: Archiver, receipts: ArchiveReceipt[]) {
  for (const { logGroupName, destinationPrefix, tasks } of receipts) {
    for (const { taskId, objects } of tasks) {
      const [task] = aws.logs.exportTasks.describe({ taskId }).exportTasks;
      const completed = { logGroupName, destinationPrefix, destination: bucketName, status: { code: 'COMPLETED' } };
      expect(task).toMatchObject(completed);
      expect(aws.files.listObjects(bucketName, `${destinationPrefix}/${taskId}/`)).toHaveLength(objects);
    }
  }
}

/** Lets a week pass, in which an execution that has ended does nothing any more. */
export async function expectNothingGoesOn(archiver: Archiver, executions: Execution[]) {
  const { clock, requestHandler } = archiver.aws;
  const calls = requestHandler.calls.length;
  const events = executions.map((execution) => execution.events.length);
  await clock.moveTo(clock.now() + 7 * 24 * 3_600_000);
  expect(requestHandler.calls).toHaveLength(calls);
  expect(executions.map((execution) => execution.events.length)).toEqual(events);
  expect(clock.timers.countTimers()).toBe(0);
  for (const execution of executions.flatMap((parent) => [parent, ...parent.childExecutions])) {
    expect(await Promise.race([execution.result, 'goes on'])).not.toBe('goes on');
  }
}
