import type { ArchiveOutcome } from '@log-archiver/core';
import { refuses } from '@log-archiver/local-aws';
import { DAY, EXECUTION, PARAMETERS, World, withInput } from '../world';

const LOOKED_AT = '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/looked-at';
const DAILY = { ...PARAMETERS, frequency: 'DAILY' as const, lookback: 2 };

let world: World;
beforeEach(() => {
  world = new World(['/app/web']);
});

/** A run of the daily archiver, so many days after 2 November; answers the days that it looked at. */
async function runAfter(days: number, request: object = {}, outcome: Partial<ArchiveOutcome> = {}) {
  const startedAt = new Date(Date.parse(EXECUTION.startedAt) + days * DAY).toISOString();
  const execution = { ...EXECUTION, name: `run-${days}-${JSON.stringify(request).length}`, startedAt };
  world.now = () => Date.parse(startedAt) + 4_000;
  const run = { ...withInput(request), execution, parameters: DAILY };
  const { summary } = await world.run(run, () => outcome);
  return summary?.periods;
}

const lookedAt = () =>
  world.aws.files.listObjects('archive', LOOKED_AT).map((key) => world.read<{ until: string }>(key).until);

it('a scheduled run keeps until when it has looked, and the next one goes on there, however late', async () => {
  expect(await runAfter(0)).toEqual(['2026-10-31', '2026-11-01']);
  expect(lookedAt()).toEqual(['2026-11-01T14:59:59.999Z']);

  expect(await runAfter(10)).toEqual(['2026-11-02', '2026-11-11']);
  expect(await runAfter(11)).toEqual(['2026-11-11', '2026-11-12']);
});

it('it looks at the last ones again, whatever came before', async () => {
  await runAfter(0);

  expect(await runAfter(1)).toEqual(['2026-11-01', '2026-11-02']);
  expect(lookedAt()).toEqual(['2026-11-02T14:59:59.999Z']);
});

it.each([
  ['a period', { period: '2026-11-08' }],
  ['some log groups', { logGroups: [{ logGroupName: '/app/web', s3Prefix: null }] }],
  ['what is archived, by force', { force: true }],
  ['what would be done', { dryRun: true }],
])('what an operator asks for, here %s, is not what the schedule has looked at', async (_, request) => {
  await runAfter(0);
  await runAfter(8, request);

  expect(lookedAt()).toEqual(['2026-11-01T14:59:59.999Z']);
  expect(await runAfter(9)).toEqual(['2026-11-02', '2026-11-10']);
});

it('a dry run says what the schedule would make up for', async () => {
  await runAfter(0);

  expect(await runAfter(5, { dryRun: true })).toEqual(['2026-11-02', '2026-11-06']);
});

it('a run for an earlier time takes nothing back', async () => {
  await runAfter(5);
  await runAfter(6, { scheduledTime: '2026-11-02T03:00:00Z' });

  expect(lookedAt()).toEqual(['2026-11-06T14:59:59.999Z']);
});

it('a run for a time of long ago starts nothing', async () => {
  await runAfter(0, { scheduledTime: '2024-01-02T03:00:00Z' });
  expect(lookedAt()).toEqual([]);

  expect(await runAfter(1)).toEqual(['2026-11-01', '2026-11-02']);
});

it('when the first run has come to no end, the next one goes on where that one was to start', async () => {
  world.aws.faults.arrange('DescribeLogGroups', refuses('AccessDeniedException', 'No.', 400));
  await expect(runAfter(0)).rejects.toMatchObject({ name: 'AccessDeniedException' });

  expect(await runAfter(9)).toEqual(['2026-10-31', '2026-11-10']);
});

it('what a run of the first and the last of many left out, the next ones make up for', async () => {
  await runAfter(0);

  expect(await runAfter(60)).toEqual(['2026-11-02', '2026-12-31']);
  expect(lookedAt()).toEqual(['2026-12-05T14:59:59.999Z']);
  expect(await runAfter(61)).toEqual(['2026-12-06', '2027-01-01']);
  expect(lookedAt()).toEqual(['2027-01-01T14:59:59.999Z']);
});

it('the first run of which nothing was tried has looked at nothing', async () => {
  await runAfter(0, {}, { status: 'FAILED', error: 'RunFull' });

  expect(await runAfter(9)).toEqual(['2026-10-31', '2026-11-10']);
});

it.each(['RunFull', 'ExportSlotUnavailable'])('what FAILED of %s is looked at again', async (error) => {
  await runAfter(0);
  await runAfter(4, {}, { status: 'FAILED', error });
  expect(lookedAt()).toEqual(['2026-11-01T14:59:59.999Z']);

  expect(await runAfter(9)).toEqual(['2026-11-02', '2026-11-10']);
});

it('what FAILED otherwise was looked at', async () => {
  await runAfter(0);
  await runAfter(4, {}, { status: 'FAILED', error: 'CANCELLED' });

  expect(lookedAt()).toEqual(['2026-11-05T14:59:59.999Z']);
});
