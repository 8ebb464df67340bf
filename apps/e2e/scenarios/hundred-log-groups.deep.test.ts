import {
  type LogGroupTarget,
  MAX_CAUSE_CHARACTERS,
  MAX_LOG_GROUP_NAME_LENGTH,
  MAX_MESSAGE_CHARACTERS,
  MAX_STATE_DATA_BYTES,
} from '@log-archiver/core';
import { type Execution, refuses } from '@log-archiver/local-aws';
import type { Archiver } from '../archiver';
import { expectEverythingReported, expectIdle } from './completeness/after-every-run';
import { disableStackTraces, prepareMonthEnd, recover } from './october-scenario';

/** Log groups with names of 512 characters and the longest prefixes: 464 bytes with `2026/10/`. */
const logGroups: LogGroupTarget[] = Array.from({ length: 100 }, (_, number) => {
  const name = `${String(number).padStart(3, '0')}${`/${'a-long.name'.repeat(18)}`.repeat(3)}`;
  return { logGroupName: `/${name}`.slice(0, MAX_LOG_GROUP_NAME_LENGTH), s3Prefix: name.slice(0, 456) };
});

describe('a run over 100 log groups with names of 512 characters', () => {
  disableStackTraces();

  it('names the first 20 if all fail twice, and recovers', async () => {
    const archiver = await prepareMonthEnd(...logGroups);
    const atOnce = { pendingSeconds: 0, runningSeconds: 0 };
    const fails = { ...atOnce, ends: 'FAILED' } as const;
    for (const { logGroupName } of logGroups) {
      archiver.aws.logs.exportTasks.script(logGroupName, fails, fails, atOnce);
    }
    const execution = archiver.start({ period: '2026-10', logGroups });
    const run = await archiver.waitFor(execution);
    await expectIdle(archiver, [execution]);

    expectEverythingReported(
      archiver,
      run,
      logGroups.map(({ logGroupName }) => logGroupName),
    );
    expect(run.outcomes.every(({ error, taskId }) => error === 'FAILED' && taskId !== null)).toBe(true);
    expect(run.report?.leftovers).toHaveLength(200);
    const first = run.outcomes.slice(0, 20).map(({ logGroupName, period, error, cause, taskId }) => ({
      ...{ logGroupName, period, error },
      cause: `${cause?.slice(0, 199)}…`,
      taskId,
    }));
    const cause = `100 of 100 log groups × periods have status FAILED: ${JSON.stringify(first)}; the report is s3://`;
    expect(run.result).toMatchObject({ error: 'ArchiveIncomplete', cause: expect.stringContaining(cause) });
    expect(Object(run.result).cause.length).toBeLessThan(MAX_CAUSE_CHARACTERS);
    expectSmallData(execution);
    expect(await recover(archiver, run, logGroups)).toBe(100);
  });

  it('is reported if AWS refuses every export with a message of 1,000 characters that must be escaped', async () => {
    const archiver = await prepareMonthEnd(...logGroups);
    const message = '"'.repeat(MAX_MESSAGE_CHARACTERS);
    archiver.aws.faults.inject(refuses('AccessDeniedException', message), { of: 'CreateExportTask' });
    const { execution, outcomes, result } = await runHundred(archiver);
    expect(outcomes).toHaveLength(100);
    expect(outcomes.every(({ error, cause }) => error === 'AccessDeniedException' && cause === message)).toBe(true);
    expect(Object(result).cause.length).toBeLessThanOrEqual(MAX_CAUSE_CHARACTERS);
    expectSmallData(execution);
  });

  it('is reported if all child executions crash with a Cause of 7,000 characters', async () => {
    const archiver = await prepareMonthEnd(...logGroups);
    const { definition } = archiver.stack.stateMachine;
    const exportLogToS3 = Object(definition.States.ArchiveEachLogGroup?.ItemProcessor?.States.ExportLogToS3);
    exportLogToS3.InputPath = `$.${'x'.repeat(7_000)}`;
    const { execution, outcomes, result } = await runHundred(archiver);
    const children = await Promise.all(execution.childExecutions.map((child) => child.result));
    expect(children.every((child) => child.status === 'FAILED' && child.cause.length > 7_000)).toBe(true);
    expect(outcomes).toHaveLength(100);
    expect(
      outcomes.every(({ error, cause }) => error === 'NoOutcome' && cause?.length === MAX_MESSAGE_CHARACTERS),
    ).toBe(true);
    expect(Object(result).cause.length).toBeLessThanOrEqual(MAX_CAUSE_CHARACTERS);
    expectSmallData(execution);
  });
});

/** Runs October, and expects that the run reports failures. */
async function runHundred(archiver: Archiver) {
  const execution = archiver.start({ period: '2026-10', logGroups });
  const run = await archiver.waitFor(execution);
  expect(run.result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
  return { execution, ...run };
}

/** Expects that the data of every state is within the limit. */
function expectSmallData({ events }: Execution) {
  const data = events.flatMap(({ state }) => [state?.input, state?.output]);
  expect(Math.max(...data.map((each) => Buffer.byteLength(JSON.stringify(each) ?? '')))).toBeLessThan(
    MAX_STATE_DATA_BYTES,
  );
}
