import type { Execution } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { type Archiver, ORDERS, PAYMENTS } from '../../archiver';
import { expectIdle } from '../completeness/after-every-run';
import { expectBothSucceed, listKeysOfNoon, prepareArchiver, putEventsAtNoon } from './concurrent-run';

const HOUR = 3_600;

describe('a daily run that is in progress when the next one starts', () => {
  /** Prepares two long exports: almost a day for the first log group, and two hours for the second. */
  async function prepareLongExports() {
    const archiver = await prepareArchiver(Granularity.DAILY);
    const { clock, logs } = archiver.aws;
    logs.exportTasks.script(ORDERS, { runningSeconds: 23 * HOUR });
    logs.exportTasks.script(PAYMENTS, { runningSeconds: 2 * HOUR });
    await clock.moveTo('2026-11-01T12:00:00Z');
    await putEventsAtNoon(archiver, '2026-11-01');
    await clock.moveTo('2026-11-01T18:00:00Z');
    return archiver;
  }

  /** Starts two runs, a day apart. */
  async function startOnTwoDays({ aws: { clock } }: Archiver, start: (period: string) => Execution) {
    const first = start('2026-10-31');
    const second = new Promise<Execution>((resolve) => {
      clock.timers.setTimeout(() => resolve(start('2026-11-01')), 24 * HOUR * 1_000);
    });
    return [first, await clock.passUntil(second)];
  }

  it('makes the next run end at once and leave its day to the run after it', async () => {
    const archiver = await prepareLongExports();
    const scheduled = () => archiver.start({ scheduledTime: new Date(archiver.aws.clock.now()).toISOString() });
    const [first, second] = (await startOnTwoDays(archiver, scheduled)) as [Execution, Execution];
    const calls = archiver.findCalls('CreateExportTask').length;
    expect((await archiver.waitFor(second)).result).toEqual({
      status: 'SUCCEEDED',
      output: { standsAsideFor: first.executionArn },
    });
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(calls);
    expect((await archiver.waitFor(first)).outcomes.at(-1)).toMatchObject({
      period: '2026-10-31',
      status: 'ARCHIVED',
    });
    const third = scheduled();
    const { outcomes } = await archiver.waitFor(third);
    expect(outcomes.filter(({ taskId }) => taskId !== null).map(({ period }) => period)).toEqual(
      Array(3).fill('2026-11-01'),
    );
    await expectIdle(archiver, [first, second, third]);
  });

  it('shares the slot with a run for a given day, and each run archives its own day', async () => {
    const archiver = await prepareLongExports();
    const executions = await startOnTwoDays(archiver, (period) => archiver.start({ period }));
    await expectBothSucceed(archiver, executions, ['2026-10-31', '2026-11-01']);

    const busy = archiver.findCalls('CreateExportTask').filter(({ error }) => error === 'LimitExceededException');
    expect(busy).toHaveLength(67);
    expect([busy.at(0)?.at, busy.at(-1)?.at]).toEqual(['2026-11-02T18:00:00.000Z', '2026-11-02T19:01:32.620Z']);
    expect(archiver.aws.logs.exportTasks.describe({}).exportTasks).toHaveLength(6);
    expect(archiver.listObjects().filter((key) => key.endsWith('.gz'))).toEqual([
      ...listKeysOfNoon('2026/10/31', '2026-10-31'),
      ...listKeysOfNoon('2026/11/01', '2026-11-01'),
    ]);
  });
});
