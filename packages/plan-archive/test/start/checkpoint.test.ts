import { EXECUTION, PARAMETERS } from '@log-archiver/aws-clients/testing';
import { type ArchiveOutcome, DAY_MS, parsePeriod } from '@log-archiver/core';
import { refuses } from '@log-archiver/local-aws';
import { ArchiverStore } from '../../src/archiver-store';
import { type RunResults, updateCheckpoint } from '../../src/start/checkpoint';
import { REQUEST, World, withInput } from '../world';

const CHECKPOINT_KEY = '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/checkpoint.json';
const DAILY = { ...PARAMETERS, frequency: 'DAILY' as const, lookback: 2 };

let world: World;
beforeEach(() => {
  world = new World(['/app/web']);
});

/** Runs the daily archiver some days after 2 November, and returns the first and the last day that it checked. */
async function runAfter(days: number, input: object = {}, outcome: Partial<ArchiveOutcome> = {}) {
  const startedAt = new Date(Date.parse(EXECUTION.startedAt) + days * DAY_MS).toISOString();
  const execution = { ...EXECUTION, name: `run-${days}-${JSON.stringify(input).length}`, startedAt };
  world.now = () => Date.parse(startedAt) + 4_000;
  const changes = { ...withInput(input), execution, parameters: DAILY };
  const { summary } = await world.run(changes, () => outcome);
  return summary?.periods;
}

const listCheckpoints = () =>
  world.aws.buckets.listObjects('archive', CHECKPOINT_KEY).map((key) => world.read<{ until: string }>(key).until);

it('continues where the last scheduled run stopped checking, however late', async () => {
  expect(await runAfter(0)).toEqual(['2026-10-31', '2026-11-01']);
  expect(listCheckpoints()).toEqual(['2026-11-01T14:59:59.999Z']);

  expect(await runAfter(10)).toEqual(['2026-11-02', '2026-11-11']);
  expect(await runAfter(11)).toEqual(['2026-11-11', '2026-11-12']);
});

it('checks the last periods again, whatever the checkpoint', async () => {
  await runAfter(0);

  expect(await runAfter(1)).toEqual(['2026-11-01', '2026-11-02']);
  expect(listCheckpoints()).toEqual(['2026-11-02T14:59:59.999Z']);
});

it.each([
  ['a period', { period: '2026-11-08' }],
  ['some log groups', { logGroups: [{ logGroupName: '/app/web', s3Prefix: null }] }],
  ['a forced archive', { force: true }],
  ['a dry run', { dryRun: true }],
])('keeps the checkpoint when an operator asks for %s', async (_, input) => {
  await runAfter(0);
  await runAfter(8, input);

  expect(listCheckpoints()).toEqual(['2026-11-01T14:59:59.999Z']);
  expect(await runAfter(9)).toEqual(['2026-11-02', '2026-11-10']);
});

it('plans in a dry run what the schedule would catch up on', async () => {
  await runAfter(0);

  expect(await runAfter(5, { dryRun: true })).toEqual(['2026-11-02', '2026-11-06']);
});

it('keeps the checkpoint when a run is for an earlier time', async () => {
  await runAfter(5);
  await runAfter(6, { scheduledTime: '2026-11-02T03:00:00Z' });

  expect(listCheckpoints()).toEqual(['2026-11-06T14:59:59.999Z']);
});

it('creates no checkpoint when the first run is for a time long ago', async () => {
  await runAfter(0, { scheduledTime: '2024-01-02T03:00:00Z' });
  expect(listCheckpoints()).toEqual([]);

  expect(await runAfter(1)).toEqual(['2026-11-01', '2026-11-02']);
});

it('continues from the start of the first run if that run crashed', async () => {
  world.aws.faults.injectNext('DescribeLogGroups', refuses('AccessDeniedException', 'No.', 400));
  await expect(runAfter(0)).rejects.toMatchObject({ name: 'AccessDeniedException' });

  expect(await runAfter(9)).toEqual(['2026-10-31', '2026-11-10']);
});

it('catches up in the next runs on periods that a run left out', async () => {
  await runAfter(0);

  expect(await runAfter(60)).toEqual(['2026-11-02', '2026-12-31']);
  expect(listCheckpoints()).toEqual(['2026-12-05T14:59:59.999Z']);
  expect(await runAfter(61)).toEqual(['2026-12-06', '2027-01-01']);
  expect(listCheckpoints()).toEqual(['2027-01-01T14:59:59.999Z']);
});

it.each(['RunFull', 'ExportSlotUnavailable', 'CANCELLED'])(
  'remembers the periods that failed with %s',
  async (error) => {
    await runAfter(0);
    await runAfter(4, {}, { status: 'FAILED', error });
    expect(world.readCheckpoint()).toMatchObject({
      until: '2026-11-05T14:59:59.999Z',
      incomplete: ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'],
    });

    expect(await runAfter(9)).toEqual(['2026-11-02', '2026-11-10']);
    expect(world.readCheckpoint()).toMatchObject({ incomplete: [] });
  },
);

const store = () => new ArchiverStore(world.clients, REQUEST);
const results = (changes: Partial<RunResults>): RunResults => ({
  ...{ periods: [], statuses: [], warnings: [], exported: new Map() },
  ...changes,
});
const INCOMPLETE = 'INCOMPLETE' as const;

it('puts the incomplete periods that a run did not try before those that it tried', async () => {
  world.putCheckpoint({ incomplete: ['2026-05', '2026-06', '2026-07'] });
  const statuses = [
    { period: '2026-05', status: INCOMPLETE },
    { period: '2026-07', status: 'COMPLETE_WITH_LOSS' as const },
    { period: '2026-08', status: INCOMPLETE },
    { period: '2026-09', status: 'EMPTY' as const },
  ];
  await updateCheckpoint(results({ statuses }), true, store());

  expect(world.readCheckpoint().incomplete).toEqual(['2026-06', '2026-05', '2026-08']);
});

it('does not move over a period that a run left out', async () => {
  world.putCheckpoint({ until: new Date(parsePeriod('2026-05', 'UTC').to).toISOString() });
  const periods = ['2026-04', '2026-06', '2026-07', '2026-09'].map((name) => parsePeriod(name, 'UTC'));
  await updateCheckpoint(results({ periods }), true, store());

  expect(world.readCheckpoint().until).toBe('2026-07-31T23:59:59.999Z');
});

it('forgets the warnings that do not apply any more', async () => {
  world.putCheckpoint({ warnings: ['a', 'b'] });
  await updateCheckpoint(results({ warnings: ['b', 'c'] }), true, store());

  expect(world.readCheckpoint().warnings).toEqual(['b', 'c']);
});

it('remembers whether the last export of a log group was split', async () => {
  world.putCheckpoint({ split: ['/a', '/b', '/c'] });
  const exported = new Map([
    ['/b', false],
    ['/c', true],
    ['/d', true],
    ['/e', false],
  ]);
  await updateCheckpoint(results({ exported }), true, store());

  expect(world.readCheckpoint().split).toEqual(['/a', '/c', '/d']);
});

it('corrects only the incomplete periods after a run that an operator started', async () => {
  const checkpoint = { incomplete: ['2026-05'], warnings: ['a'], split: ['/a'], until: '2026-05-31T14:59:59.999Z' };
  world.putCheckpoint(checkpoint);
  const statuses = [{ period: '2026-06', status: INCOMPLETE }];
  const periods = [parsePeriod('2026-06', 'Asia/Tokyo')];
  const exported = new Map([['/b', true]]);
  await updateCheckpoint({ periods, statuses, exported, warnings: ['b'] }, false, store());

  expect(world.readCheckpoint()).toEqual({
    ...checkpoint,
    incomplete: ['2026-05', '2026-06'],
    format: 1,
    execution: EXECUTION.id,
  });
});

it('writes no checkpoint after a run before the first scheduled one', async () => {
  await updateCheckpoint(results({}), true, store());

  expect(listCheckpoints()).toEqual([]);
});
