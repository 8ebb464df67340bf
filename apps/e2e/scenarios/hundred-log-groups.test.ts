import type { LogGroupTarget } from '@log-archiver/core';
import { expectNothingGoesOn, expectNothingSilent } from './after-every-run';
import { archiverAtMonthEnd, makeGood, withoutStacks } from './run-of-october';

/** The most that a state's data, and a Cause, may have. */
const MAX_BYTES = 262_144;
const MAX_CAUSE = 32_768;

/** Names of 512 characters, and the longest prefixes: 464 bytes with `2026/10/`. */
const logGroups: LogGroupTarget[] = Array.from({ length: 100 }, (_, number) => {
  const name = `${String(number).padStart(3, '0')}${`/${'a-long.name'.repeat(18)}`.repeat(3)}`;
  return { logGroupName: `/${name.slice(0, 511)}`, s3Prefix: name.slice(0, 456) };
});

describe('100 log groups with names of 512 characters', () => {
  withoutStacks();

  it('that all FAILED twice are counted, the first 20 named, and archived by the same input once more', async () => {
    const archiver = await archiverAtMonthEnd(...logGroups);
    const atOnce = { pendingSeconds: 0, runningSeconds: 0 };
    const fails = { ...atOnce, ends: 'FAILED' } as const;
    for (const { logGroupName } of logGroups) {
      archiver.aws.logs.exportTasks.arrange(logGroupName, fails, fails, atOnce);
    }
    const execution = archiver.start({ period: '2026-10', logGroups });
    const run = await archiver.runToEnd(execution);
    await expectNothingGoesOn(archiver, [execution]);

    expectNothingSilent(
      archiver,
      run,
      logGroups.map(({ logGroupName }) => logGroupName),
    );
    expect(run.outcomes.every(({ error, taskId }) => error === 'FAILED' && taskId !== null)).toBe(true);
    expect(run.report?.leftovers).toHaveLength(200);
    const first = run.outcomes
      .slice(0, 20)
      .map(({ logGroupName, period, error, taskId }) => ({ logGroupName, period, error, taskId }));
    const cause = `100 of 100 log groups and periods FAILED: ${JSON.stringify(first)}; the report is s3://`;
    expect(run.result).toMatchObject({ error: 'ArchiveIncomplete', cause: expect.stringContaining(cause) });
    expect(Object(run.result).cause.length).toBeLessThan(MAX_CAUSE);
    const data = execution.events.flatMap(({ state }) => [state?.input, state?.output]);
    expect(Math.max(...data.map((each) => Buffer.byteLength(JSON.stringify(each) ?? '')))).toBeLessThan(MAX_BYTES);
    expect(await makeGood(archiver, run, logGroups)).toBe(100);
  });
});
