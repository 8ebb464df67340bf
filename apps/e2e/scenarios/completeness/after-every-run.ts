import type { ArchiveReceipt, LossCause, ReportEntry, SkipReason } from '@log-archiver/core';
import type { Execution } from '@log-archiver/local-aws';
import type { Archiver, FinishedRun } from '../../archiver';

const SKIP_REASONS: Record<SkipReason, true> = {
  CreatedLater: true,
  ClassNotExportable: true,
  LogGroupNotFound: true,
};
const LOSS_CAUSES: Record<LossCause, true> = {
  RetentionExpired: true,
  LogGroupDeleted: true,
  LogGroupRecreated: true,
};
/** Name of the error with which a run ends, by the status of its report. */
const RUN_ERRORS = { INCOMPLETE: 'ArchiveIncomplete', LOSS: 'ArchiveLoss' };

/** Expects what must hold after every run that wrote a report, whatever AWS did: each log group has a true outcome. */
export function expectEverythingReported(
  archiver: Archiver,
  { result, report, outcomes }: FinishedRun,
  logGroupNames: string[],
  periods = ['2026-10'],
) {
  const describeItem = ({ logGroupName, period }: ReportEntry) => `${period} ${logGroupName}`;
  // A split period has one entry per part. It counts as FAILED if one of its parts is.
  const failures = new Set(outcomes.filter(({ status }) => status === 'FAILED').map(describeItem));
  const others = outcomes.filter((outcome) => !failures.has(describeItem(outcome)));
  const count = (status: ReportEntry['status']) =>
    new Set(others.filter((outcome) => outcome.status === status).map(describeItem)).size;
  const [archived, skipped, lost, failed] = [count('ARCHIVED'), count('SKIPPED'), count('LOST'), failures.size];
  const hasNewLoss = Object(report).newLosses.length > 0;
  const status = failed > 0 ? 'INCOMPLETE' : hasNewLoss ? 'LOSS' : 'COMPLETE';
  expect(report).toMatchObject({ status, archived, skipped, lost, failed });
  if (status === 'COMPLETE') {
    expect(result).toMatchObject({ output: { status: 'COMPLETE', archived, skipped, lost, failed: 0 } });
  } else {
    expect(result).toMatchObject({ error: RUN_ERRORS[status] });
    for (const { logGroupName } of outcomes.filter(({ status }) => status === 'FAILED').slice(0, 20)) {
      expect(result).toMatchObject({ cause: expect.stringContaining(`"${logGroupName}"`) });
    }
  }
  const expected = periods.flatMap((period) => logGroupNames.map((logGroupName) => `${period} ${logGroupName}`));
  expect([...new Set(outcomes.map(describeItem))].sort()).toEqual(expected.sort());
  const { receipts } = archiver;
  for (const outcome of outcomes) {
    expectTrueEntry(archiver, outcome);
  }
  for (const outcome of others) {
    expectReceipt(receipts, outcome);
  }
  expectTrueReceipts(archiver, receipts);
}

function expectTrueEntry({ aws, bucketName }: Archiver, reported: ReportEntry) {
  const { logGroupName, status, error, cause, taskId, destinationPrefix } = reported;
  expect(status === 'ARCHIVED').toBe(error === null);
  expect(status === 'FAILED').toBe(cause !== null);
  expect(status === 'LOST').toBe(Object.hasOwn(LOSS_CAUSES, String(error)));
  expect(status === 'SKIPPED').toBe(Object.hasOwn(SKIP_REASONS, String(error)));
  if (taskId !== null) {
    const [task] = aws.logs.exportTasks.describe({ taskId }).exportTasks;
    expect(task).toMatchObject({ logGroupName, destinationPrefix, destination: bucketName });
  }
}

function expectReceipt(receipts: ArchiveReceipt[], reported: ReportEntry) {
  const { logGroupName, period, status, taskId, leftover } = reported;
  const found = receipts.filter((receipt) => receipt.logGroupName === logGroupName && receipt.period === period);
  expect(found.length > 0).toBe(status === 'ARCHIVED');
  // Without a task, an earlier run archived it.
  if (status === 'ARCHIVED' && taskId !== null) {
    const isInReceipt = found.some(({ tasks }) => tasks.some((task) => task.taskId === taskId));
    expect(isInReceipt ? leftover : 'in no receipt').toBe(leftover === null ? null : 'in no receipt');
  }
}

/** Expects that the tasks of every receipt are `COMPLETED` and have as many objects as the receipt says. */
function expectTrueReceipts({ aws, bucketName }: Archiver, receipts: ArchiveReceipt[]) {
  for (const { logGroupName, destinationPrefix, tasks } of receipts) {
    for (const { taskId, objects } of tasks) {
      const [task] = aws.logs.exportTasks.describe({ taskId }).exportTasks;
      const completed = { logGroupName, destinationPrefix, destination: bucketName, status: { code: 'COMPLETED' } };
      expect(task).toMatchObject(completed);
      expect(aws.buckets.listObjects(bucketName, `${destinationPrefix}/${taskId}/`)).toHaveLength(objects);
    }
  }
}

/** Expects that ended executions do nothing for a week. */
export async function expectIdle(archiver: Archiver, executions: Execution[]) {
  const { clock, requestHandler } = archiver.aws;
  const calls = requestHandler.calls.length;
  const events = executions.map((execution) => execution.events.length);
  await clock.moveTo(clock.now() + 7 * 24 * 3_600_000);
  expect(requestHandler.calls).toHaveLength(calls);
  expect(executions.map((execution) => execution.events.length)).toEqual(events);
  expect(clock.timers.countTimers()).toBe(0);
  for (const execution of executions.flatMap((parent) => [parent, ...parent.childExecutions])) {
    expect(await Promise.race([execution.result, 'not ended'])).not.toBe('not ended');
  }
}
