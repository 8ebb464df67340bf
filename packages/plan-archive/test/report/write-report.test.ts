import { EXECUTION } from '@log-archiver/aws-clients/testing';
import { refuses } from '@log-archiver/local-aws';
import { World, withInput } from '../world';

const succeeds = <T>(makeCall: () => Promise<T>) => makeCall();
const denied = refuses('AccessDenied', 'Access Denied', 403);

/** Plans a run whose report is written by the second page, and returns the outcomes of the first. */
async function planToReport(retentionInDays: number) {
  const world = new World();
  world.create('/app/web', { retentionInDays });
  const { items } = await world.plan();
  return { world, outcomes: items.map((item) => world.outcome(item)) };
}

it('reports the same losses again after it crashed between the report and the status of a period', async () => {
  const { world, outcomes } = await planToReport(30);
  // The page and the report are written; the status of the period is not.
  world.aws.faults.injectNext('PutObject', succeeds, succeeds, denied);
  await expect(world.plan({ page: 1, outcomes })).rejects.toMatchObject({ name: 'AccessDenied' });
  const report = world.readReport();
  expect(() => world.readPeriodStatus('2026-10')).toThrow();

  const { summary } = await world.plan({ page: 1, outcomes });
  expect(report.newLosses).toHaveLength(1);
  expect(summary).toMatchObject({ status: 'LOSS', newLosses: report.newLosses });
  expect(world.readPeriodStatus('2026-10')).toMatchObject({ losses: report.newLosses });
});

it('finds the losses again in the next run if no status of a period was written', async () => {
  const { world, outcomes } = await planToReport(30);
  world.aws.faults.injectNext('PutObject', succeeds, succeeds, denied);
  await expect(world.plan({ page: 1, outcomes })).rejects.toMatchObject({ name: 'AccessDenied' });

  const { summary } = await world.run({ execution: { ...EXECUTION, name: 'next', id: 'next' } });
  expect(summary).toMatchObject({ status: 'LOSS', newLosses: [{ execution: 'next' }] });
});

it('measures periods that ended during the run', async () => {
  const world = new World(['/app/web']);
  const { items } = await world.plan();
  world.now = () => Date.parse('2026-12-02T15:00:00.000Z');
  await world.plan({ page: 1, outcomes: items.map((item) => world.outcome(item)) });

  expect(world.readMetrics()).toMatchObject({ OldestIncompleteHours: 48, Backlog: 1 });
});

it('writes the status of each period of a run for several', async () => {
  const world = new World(['/app/web']);
  await world.run(withInput({ period: '2026-09/2026-10' }), ({ period }) =>
    period === '2026-09' ? { status: 'FAILED', error: 'CANCELLED' } : {},
  );

  expect(['2026-09', '2026-10'].map((period) => world.readPeriodStatus(period).status)).toEqual([
    'INCOMPLETE',
    'COMPLETE',
  ]);
});

it('writes nothing but the report in a dry run', async () => {
  const world = new World(['/app/web']);
  world.putReceipt({ logGroupName: '/app/web', s3Prefix: 'app/web', period: '2026-10' });
  await world.run(withInput({ dryRun: true }));

  expect(world.aws.buckets.listObjects('archive', '_log-archiver/periods/')).toEqual([]);
});
