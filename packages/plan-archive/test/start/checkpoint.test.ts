import { EXECUTION, PARAMETERS } from '@log-archiver/aws-clients/testing';
import { type ArchiveOutcome, DAY_MS } from '@log-archiver/core';
import { refuses } from '@log-archiver/local-aws';
import { World, withInput } from '../world';

const CHECKPOINT_KEY = '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/looked-at';
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

it('continues from the start of the first run if that run exported nothing', async () => {
  await runAfter(0, {}, { status: 'FAILED', error: 'RunFull' });

  expect(await runAfter(9)).toEqual(['2026-10-31', '2026-11-10']);
});

it.each(['RunFull', 'ExportSlotUnavailable'])('checks periods again whose entries failed with %s', async (error) => {
  await runAfter(0);
  await runAfter(4, {}, { status: 'FAILED', error });
  expect(listCheckpoints()).toEqual(['2026-11-01T14:59:59.999Z']);

  expect(await runAfter(9)).toEqual(['2026-11-02', '2026-11-10']);
});

it('moves on after any other failure', async () => {
  await runAfter(0);
  await runAfter(4, {}, { status: 'FAILED', error: 'CANCELLED' });

  expect(listCheckpoints()).toEqual(['2026-11-05T14:59:59.999Z']);
});
