import type { Execution } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectNothingGoesOn, expectNothingSilent } from './after-every-run';

const HOUR = 3_600;
const LOG_GROUPS = [ORDERS, CHECKOUT, PAYMENTS];

async function archiverOf(granularity: Granularity): Promise<Archiver> {
  const archiver = new Archiver(synthesizeSample({ granularity }), '2026-10-31T12:00:00Z');
  await archiver.createLogGroup(CHECKOUT);
  await putNoon(archiver, '2026-10-31');
  return archiver;
}

async function putNoon(archiver: Archiver, day: string) {
  for (const logGroupName of LOG_GROUPS) {
    await archiver.put(logGroupName, `${day}T12:00:00.000Z`);
  }
}

const noonIn = (folder: string, day: string) =>
  ['aws/lambda/checkout', 'payments', 'shop/orders'].map(
    (s3Prefix) => `${folder}/${s3Prefix}/<task>/stream-${day}T12.00.00.000Z/000000.gz`,
  );

/** What both archived, whatever the order in which they ended. */
async function expectBothSucceed(archiver: Archiver, executions: Execution[], periods: string[]) {
  const runs = await Promise.all(executions.map((execution) => archiver.runToEnd(execution)));
  for (const [index, run] of runs.entries()) {
    expect(run.result.status).toBe('SUCCEEDED');
    expectNothingSilent(archiver, run, LOG_GROUPS, periods.slice(index, index + 1));
    expect(run.outcomes.map(({ status }) => status)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
  }
  await expectNothingGoesOn(archiver, executions);
  return runs;
}

describe('two executions for the same month, started together', () => {
  it('share every export task, and both say that everything is archived by it', async () => {
    const archiver = await archiverOf(Granularity.MONTHLY);
    await archiver.aws.clock.moveTo('2026-11-01T18:00:00Z');
    const executions = [{}, {}].map(() => archiver.start({ period: '2026-10' }));
    const [first, second] = await expectBothSucceed(archiver, executions, ['2026-10', '2026-10']);
    expect(second?.outcomes).toEqual(first?.outcomes);
    expect(archiver.receipts).toHaveLength(3);
    expect(archiver.callsOf('CreateExportTask').map(({ at, error }) => [at, error])).toEqual([
      ['2026-11-01T18:00:00.000Z', undefined],
      ['2026-11-01T18:00:00.000Z', 'LimitExceededException'],
      ['2026-11-01T18:00:23.974Z', undefined],
      ['2026-11-01T18:00:50.029Z', undefined],
    ]);
    expect(archiver.objects().filter((key) => key.endsWith('.gz'))).toEqual(noonIn('2026/10', '2026-10-31'));
  });
});

describe('a daily run that is still going when the next one starts', () => {
  /** The first log group's export takes almost a day, and the second one's two hours. */
  async function archiverOfLongExports() {
    const archiver = await archiverOf(Granularity.DAILY);
    const { clock, logs } = archiver.aws;
    logs.exportTasks.arrange(CHECKOUT, { runningSeconds: 23 * HOUR });
    logs.exportTasks.arrange(ORDERS, { runningSeconds: 2 * HOUR });
    await clock.moveTo('2026-11-01T12:00:00Z');
    await putNoon(archiver, '2026-11-01');
    await clock.moveTo('2026-11-01T18:00:00Z');
    return archiver;
  }

  /** Starts a run, and another one a day later. */
  async function startOnTwoDays({ aws: { clock } }: Archiver, start: (period: string) => Execution) {
    const first = start('2026-10-31');
    const second = new Promise<Execution>((resolve) => {
      clock.timers.setTimeout(() => resolve(start('2026-11-01')), 24 * HOUR * 1_000);
    });
    return [first, await clock.passUntil(second)];
  }

  it('has the next one stand aside, which leaves its day to the one after', async () => {
    const archiver = await archiverOfLongExports();
    const scheduled = () => archiver.start({ scheduledTime: new Date(archiver.aws.clock.now()).toISOString() });
    const [first, second] = (await startOnTwoDays(archiver, scheduled)) as [Execution, Execution];
    const calls = archiver.callsOf('CreateExportTask').length;
    expect((await archiver.runToEnd(second)).result).toEqual({
      status: 'SUCCEEDED',
      output: { standsAsideFor: first.executionArn },
    });
    expect(archiver.callsOf('CreateExportTask')).toHaveLength(calls);
    expect((await archiver.runToEnd(first)).outcomes.at(-1)).toMatchObject({
      period: '2026-10-31',
      status: 'ARCHIVED',
    });
    const third = scheduled();
    const { outcomes } = await archiver.runToEnd(third);
    expect(outcomes.filter(({ status }) => status === 'ARCHIVED').map(({ period }) => period)).toEqual(
      Array(3).fill('2026-11-01'),
    );
    await expectNothingGoesOn(archiver, [first, second, third]);
  });

  it('shares the slot with one for a certain day, and each archives its own', async () => {
    const archiver = await archiverOfLongExports();
    const executions = await startOnTwoDays(archiver, (period) => archiver.start({ period }));
    await expectBothSucceed(archiver, executions, ['2026-10-31', '2026-11-01']);

    const busy = archiver.callsOf('CreateExportTask').filter(({ error }) => error === 'LimitExceededException');
    expect(busy).toHaveLength(71);
    expect([busy.at(0)?.at, busy.at(-1)?.at]).toEqual(['2026-11-02T18:00:00.000Z', '2026-11-02T19:02:37.095Z']);
    expect(archiver.aws.logs.exportTasks.describe({}).exportTasks).toHaveLength(6);
    expect(archiver.objects().filter((key) => key.endsWith('.gz'))).toEqual([
      ...noonIn('2026/10/31', '2026-10-31'),
      ...noonIn('2026/11/01', '2026-11-01'),
    ]);
  });
});
