import { EXECUTION } from '@log-archiver/aws-clients/testing';
import { createOutcome, World, withInput } from '../world';

const OCTOBER_DAYS = 31;

/** A receipt of an export that took some hours. */
const took = (hours: number) => ({
  startedAt: EXECUTION.startedAt,
  finishedAt: new Date(Date.parse(EXECUTION.startedAt) + hours * 3_600_000).toISOString(),
});

/** Runs an archiver whose exports of October take some hours each. */
function runFor(world: World, hours: number, changes: Parameters<World['run']>[0] = {}) {
  return world.run(changes, (item) => {
    world.putReceipt(item, took(hours));
    return { status: 'FAILED', error: 'NoOutcome' };
  });
}

it('forecasts the export time from the receipts of the run, and warns once if it is too long', async () => {
  const world = new World(['/app/web', '/app/api']);
  const { summary } = await runFor(world, 12 * OCTOBER_DAYS);
  const second = { ...EXECUTION, name: 'second', id: 'second' };

  expect(summary).toMatchObject({
    status: 'COMPLETE',
    forecast: { exportHoursPerDay: 24 },
    warnings: [{ type: 'ExportsTooSlow' }],
  });
  expect(world.readPeriodStatus('2026-10').warnings).toMatchObject([{ type: 'ExportsTooSlow' }]);
  expect((await world.run({ execution: second })).summary).toMatchObject({ warnings: [], notification: null });
  expect(world.readPeriodStatus('2026-10').warnings).toMatchObject([{ type: 'ExportsTooSlow' }]);
});

it('warns again if the reason of a warning came back', async () => {
  const world = new World(['/app/web']);
  world.create('/app/short', { retentionInDays: 30 });
  const runWith = async (name: string, retentionInDays: number) => {
    world.aws.logs.logGroups.putRetentionPolicy({ logGroupName: '/app/short', retentionInDays });
    const { summary } = await world.run({ execution: { ...EXECUTION, name, id: name } });
    return summary?.warnings.map(({ type, subject }) => `${type} ${subject}`);
  };

  expect(await runWith('first', 30)).toEqual(['RetentionTooShort /app/short']);
  expect(await runWith('second', 14)).toEqual([]);
  expect(await runWith('third', 60)).toEqual([]);
  expect(await runWith('fourth', 30)).toEqual(['RetentionTooShort /app/short']);
});

it('estimates the export time of a dry run', async () => {
  const world = new World(['/app/web']);
  await runFor(world, OCTOBER_DAYS);
  const execution = { ...EXECUTION, name: 'dry', id: 'dry' };
  const { summary } = await world.run({ execution, ...withInput({ period: '2026-08/2026-09', dryRun: true }) });

  expect(summary).toMatchObject({ plan: { exports: 2, exportHours: OCTOBER_DAYS + 30 } });
});

it('forecasts nothing in a run for some log groups', async () => {
  const world = new World(['/app/web']);
  await runFor(world, 1);
  const execution = { ...EXECUTION, name: 'one', id: 'one' };
  const logGroups = [{ logGroupName: '/app/web', s3Prefix: null }];

  expect((await world.run({ execution, ...withInput({ logGroups }) })).summary).toMatchObject({ forecast: null });
});

it.each([
  ['was exported in parts', { split: [] }, 'ExportTaskGivenUp', ['/app/web']],
  ['was exported whole again', { split: ['/app/other'] }, null, ['/app/other']],
])('remembers in the checkpoint that a log group %s', async (_, checkpoint, error, split) => {
  const world = new World(['/app/web']);
  world.putCheckpoint(checkpoint);
  await world.run({}, ({ part }) => (part === null && error !== null ? { status: 'FAILED', error } : {}));

  expect(world.readCheckpoint().split).toEqual(split);
});

it('counts the bytes of what the run archived, but not of what was archived before', async () => {
  const world = new World(['/app/web', '/app/api']);
  world.putReceipt({ logGroupName: '/app/api', s3Prefix: 'app/api', period: '2026-10' });
  await world.run();

  expect(world.readMetrics()).toMatchObject({ ArchivedBytes: 30 });
});

it('reports the losses of a receipt, although the item had none when it was planned', async () => {
  const world = new World(['/app/web']);
  const losses = [
    { cause: 'RetentionExpired' as const, from: '2026-09-30T15:00:00.000Z', to: '2026-10-01T00:00:00.000Z' },
  ];
  world.putReceipt({ logGroupName: '/app/web', s3Prefix: 'app/web', period: '2026-10' }, { losses });

  expect((await world.run()).summary).toMatchObject({ status: 'LOSS', archived: 1, newLosses: losses });
  expect(world.readReport().items).toMatchObject([{ status: 'ARCHIVED', losses }]);
});

it('fails a period that was exported, and has no receipt', async () => {
  const world = new World(['/app/web']);
  const { items } = await world.plan();
  const outcomes = items.map((item) => createOutcome(item));

  expect(await world.plan({ page: 1, outcomes })).toMatchObject({
    next: 'REPORT',
    summary: { status: 'INCOMPLETE', first: [{ error: 'NoReceipt' }] },
  });
});
