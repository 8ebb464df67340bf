import type { Execution } from '@log-archiver/local-aws';
import { Frequency } from 'cdk-log-archiver';
import { synthesizeSample } from '../../src/synthesize';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../archiver';
import { expectNothingGoesOn, expectNothingSilent } from './after-every-run';

const HOUR = 3_600;
const LOG_GROUPS = [ORDERS, CHECKOUT, PAYMENTS];

async function archiverOf(frequency: Frequency): Promise<Archiver> {
  const archiver = new Archiver(synthesizeSample({ frequency }), '2026-10-31T12:00:00Z');
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
async function expectBothSucceed(archiver: Archiver, executions: Execution[]) {
  const runs = await Promise.all(executions.map((execution) => archiver.runToEnd(execution)));
  for (const run of runs) {
    await expectNothingSilent(archiver, run, LOG_GROUPS);
    expect(run.result.status).toBe('SUCCEEDED');
    expect(run.outcomes.map(({ status }) => status)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
  }
  await expectNothingGoesOn(archiver, executions);
  return runs;
}

describe('two executions for the same month, started together', () => {
  it('share every export task, and both say that everything is archived by it', async () => {
    const archiver = await archiverOf(Frequency.MONTHLY);
    await archiver.aws.clock.moveTo('2026-11-01T18:00:00Z');
    const executions = [{}, {}].map(() => archiver.start({ scheduledTime: '2026-11-01T18:00:00Z' }));
    const [first, second] = await expectBothSucceed(archiver, executions);
    expect(second?.outcomes).toEqual(first?.outcomes);
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
  it('shares the slot with it, and each archives its own day', async () => {
    const archiver = await archiverOf(Frequency.DAILY);
    const { clock, logs } = archiver.aws;
    logs.exportTasks.arrange(ORDERS, { runningSeconds: 23 * HOUR });
    logs.exportTasks.arrange(CHECKOUT, { runningSeconds: 2 * HOUR });
    await clock.moveTo('2026-11-01T04:00:00Z');
    const today = archiver.start({ scheduledTime: '2026-11-01T04:00:00Z' });
    const executions = new Promise<Execution[]>((resolve) => {
      clock.timers.setTimeout(
        () => {
          resolve([today, archiver.start({ scheduledTime: '2026-11-02T04:00:00Z' })]);
        },
        24 * HOUR * 1_000,
      );
    });
    clock.timers.setTimeout(() => void clock.holdDuring(putNoon(archiver, '2026-11-01')), 20 * HOUR * 1_000);
    await expectBothSucceed(archiver, await clock.passUntil(executions));

    const busy = archiver.callsOf('CreateExportTask').filter(({ error }) => error === 'LimitExceededException');
    expect(busy).toHaveLength(71);
    expect([busy.at(0)?.at, busy.at(-1)?.at]).toEqual(['2026-11-02T04:00:00.000Z', '2026-11-02T05:02:37.095Z']);
    expect(logs.exportTasks.describe({}).exportTasks).toHaveLength(6);
    expect(archiver.objects().filter((key) => key.endsWith('.gz'))).toEqual([
      ...noonIn('2026/10/31', '2026-10-31'),
      ...noonIn('2026/11/01', '2026-11-01'),
    ]);
  });
});
