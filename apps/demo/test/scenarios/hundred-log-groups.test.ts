import type { LogGroupTarget } from '@log-archiver/core';
import { expectNothingGoesOn } from './after-every-run';
import { archiverAtMonthEnd, makeGood, SCHEDULED, withoutStacks } from './run-of-october';

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

  it('that all FAILED are counted, the first 20 named, and archived by the same input once more', async () => {
    const archiver = await archiverAtMonthEnd(...logGroups);
    const atOnce = { pendingSeconds: 0, runningSeconds: 0 };
    for (const { logGroupName } of logGroups) {
      archiver.aws.logs.exportTasks.arrange(logGroupName, { ...atOnce, ends: 'FAILED' }, atOnce);
    }
    const execution = archiver.start({ scheduledTime: SCHEDULED, logGroups });
    const run = await archiver.runToEnd(execution);
    await expectNothingGoesOn(archiver, [execution]);

    expect(run.outcomes).toEqual(
      logGroups.map(({ logGroupName, s3Prefix }) => ({
        logGroupName,
        status: 'FAILED',
        error: 'FAILED',
        taskId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        destinationPrefix: `2026/10/${s3Prefix}`,
      })),
    );
    const cause = `100 of 100 log groups FAILED: ${JSON.stringify(run.outcomes.slice(0, 20))}`;
    expect(run.result).toEqual({ status: 'FAILED', error: 'ArchiveIncomplete', cause });
    expect(cause.length).toBeLessThan(MAX_CAUSE);
    const data = execution.events.flatMap(({ state }) => [state?.input, state?.output]);
    expect(Math.max(...data.map((each) => Buffer.byteLength(JSON.stringify(each) ?? '')))).toBeLessThan(MAX_BYTES);
    expect(await makeGood(archiver, run, logGroups)).toBe(100);
  });
});
