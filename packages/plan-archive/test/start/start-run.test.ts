import { EXECUTION, NOW } from '@log-archiver/aws-clients/testing';
import { HOUR_MS } from '@log-archiver/core';
import { World, withInput } from '../world';

const PERIODS = '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/';

const OCTOBER_END = Date.parse('2026-10-31T15:00:00.000Z');

/** Plans a scheduled run while an older one is active. */
async function planBesideActiveRun(world: World) {
  world.startExecution('older', {});
  await world.aws.clock.moveTo(world.aws.clock.now() + 1_000);
  const startedAt = new Date(world.aws.clock.now()).toISOString();
  world.startExecution('monthly', {});
  return world.plan({ execution: { ...EXECUTION, startedAt } });
}

it('remembers the log groups that a scheduled run finds', async () => {
  const world = new World();
  world.create('/app/web', { retentionInDays: 30 });
  await world.plan();

  expect(world.readSeenLogGroups()).toEqual([
    {
      logGroupName: '/app/web',
      s3Prefix: 'app/web',
      incarnations: [
        {
          createdAt: Date.parse('2020-01-01T00:00:00.000Z'),
          lastSeen: Date.parse(NOW),
          logGroupClass: 'STANDARD',
          retentionInDays: 30,
          removedBefore: Date.parse('2026-10-03T03:00:05.000Z'),
        },
      ],
    },
  ]);
});

it.each([
  ['a period', { period: '2026-10' }],
  ['some log groups', { logGroups: [{ logGroupName: '/app/web', s3Prefix: null }] }],
  ['a dry run', { dryRun: true }],
])('does not remember log groups in a run for %s', async (_, input) => {
  const world = new World(['/app/web']);
  await world.plan(withInput(input));

  expect(world.aws.buckets.listObjects('archive', PERIODS)).not.toContain(`${PERIODS}log-groups.json`);
});

it('keeps what is known of a deleted log group while one of its periods is incomplete', async () => {
  const incarnations = [
    {
      createdAt: 0,
      lastSeen: Date.parse('2026-08-20T00:00:00Z'),
      logGroupClass: 'STANDARD',
      retentionInDays: null,
      removedBefore: null,
    },
  ];
  const world = new World(['/app/web']);
  const gone = { logGroupName: '/app/gone', s3Prefix: 'app/gone', incarnations };
  world.putCheckpoint({ incomplete: ['2026-08'] });
  world.putSeenLogGroups([gone]);
  await world.plan();
  expect(world.readSeenLogGroups()).toEqual([gone, expect.objectContaining({ logGroupName: '/app/web' })]);

  world.putCheckpoint({});
  await world.plan();
  expect(world.readSeenLogGroups()).toEqual([expect.objectContaining({ logGroupName: '/app/web' })]);
});

describe('a scheduled run while an older one is active', () => {
  it('remembers the log groups that it finds', async () => {
    const world = new World(['/app/web']);
    await planBesideActiveRun(world);

    expect(world.readSeenLogGroups()).toMatchObject([{ logGroupName: '/app/web' }]);
  });

  it('measures how far the archiver is behind', async () => {
    const world = new World(['/app/web']);
    world.create('/app/short', { retentionInDays: 34 });
    world.create('/app/lost', { retentionInDays: 1 });
    world.putReceipt({ logGroupName: '/app/web', s3Prefix: 'app/web', period: '2026-10' });
    await planBesideActiveRun(world);

    expect(world.readMetrics()).toEqual({
      OldestIncompleteHours: (world.aws.clock.now() - OCTOBER_END) / HOUR_MS,
      ...{ Backlog: 1, LogGroupsAtRisk: 1 },
    });
  });

  it('plans nothing', async () => {
    const world = new World(['/app/web']);

    expect(await planBesideActiveRun(world)).toMatchObject({ next: 'STAND_ASIDE', items: [] });
    expect(world.listFiles()).toEqual([]);
  });
});
