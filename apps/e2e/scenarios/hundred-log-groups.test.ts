import {
  type LogGroupTarget,
  MAX_CAUSE_CHARACTERS,
  MAX_LOG_GROUP_NAME_LENGTH,
  MAX_STATE_DATA_BYTES,
} from '@log-archiver/core';
import { expectEverythingReported, expectIdle } from './after-every-run';
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
    const first = run.outcomes
      .slice(0, 20)
      .map(({ logGroupName, period, error, taskId }) => ({ logGroupName, period, error, taskId }));
    const cause = `100 of 100 log groups × periods have status FAILED: ${JSON.stringify(first)}; the report is s3://`;
    expect(run.result).toMatchObject({ error: 'ArchiveIncomplete', cause: expect.stringContaining(cause) });
    expect(Object(run.result).cause.length).toBeLessThan(MAX_CAUSE_CHARACTERS);
    const data = execution.events.flatMap(({ state }) => [state?.input, state?.output]);
    expect(Math.max(...data.map((each) => Buffer.byteLength(JSON.stringify(each) ?? '')))).toBeLessThan(
      MAX_STATE_DATA_BYTES,
    );
    expect(await recover(archiver, run, logGroups)).toBe(100);
  });
});
