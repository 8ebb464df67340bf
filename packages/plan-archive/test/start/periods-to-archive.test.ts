import { NOW, PARAMETERS } from '@log-archiver/aws-clients/testing';
import type { Period } from '@log-archiver/core';
import type { ValidInput } from '../../src/run-input';
import { findExportableFrom, limitToOneRun, periodsToArchive } from '../../src/start/periods-to-archive';
import { invalidRequest, World, withInput } from '../world';

const INPUT = { scheduledTime: '2026-11-02T03:00:00Z', period: null, dryRun: false };

const DAILY = { ...PARAMETERS, frequency: 'DAILY' as const };

function plan(changes: Partial<ValidInput>, now: string) {
  const input = { ...INPUT, ...changes };
  const periods = periodsToArchive(input, { ...PARAMETERS, lookback: 2 }, undefined, Date.parse(now));
  const names = periods.map(({ name }) => name);
  return { names, exportableFrom: findExportableFrom(periods, input, Date.parse(now)) };
}

it('returns the last settled periods of a scheduled run, which waits for none', () => {
  expect(plan({}, '2026-11-02T03:00:05Z')).toEqual({ names: ['2026-09', '2026-10'], exportableFrom: undefined });
});

it.each([
  ['the last period', '2026-10-31T14:59:59.999Z', ['2026-09', '2026-10']],
  ['the period before the last two', '2026-08-31T14:59:59.999Z', ['2026-09', '2026-10']],
  ['the middle of that period', '2026-08-31T14:59:59.998Z', ['2026-08', '2026-09', '2026-10']],
  ['an earlier period', '2026-06-30T14:59:59.999Z', ['2026-07', '2026-08', '2026-09', '2026-10']],
])('continues after a checkpoint at the end of %s', (_, checkpoint, names) => {
  const periods = periodsToArchive(INPUT, { ...PARAMETERS, lookback: 2 }, Date.parse(checkpoint), Date.parse(NOW));

  expect(periods.map(({ name }) => name)).toEqual(names);
});

it('continues with days after a checkpoint at the end of a month', () => {
  const checkpoint = Date.parse('2026-08-31T14:59:59.999Z');
  const periods = periodsToArchive(INPUT, DAILY, checkpoint, Date.parse(NOW));

  expect([periods.length, periods[0]?.name, periods.at(-1)?.name]).toEqual([62, '2026-09-01', '2026-11-01']);
});

it('ignores the clock when the input has no period', () => {
  expect(plan({}, '2027-03-02T03:00:05Z')).toEqual({ names: ['2026-09', '2026-10'], exportableFrom: undefined });
});

it.each([
  ['a month', '2026-10', ['2026-10']],
  ['months', '2026-07/2026-09', ['2026-07', '2026-08', '2026-09']],
  ['a day, whatever the granularity', '2026-10-31', ['2026-10-31']],
])('returns %s from the input: %s', (_, period, names) => {
  expect(plan({ period }, '2026-11-02T03:00:05Z').names).toEqual(names);
});

it.each([
  ['2026-11', '2026-11 ends at 2026-11-30T14:59:59.999Z'],
  ['2026-10/2026-11', '2026-11 ends at 2026-11-30T14:59:59.999Z'],
  ['2026-11-02', '2026-11-02 ends at 2026-11-02T14:59:59.999Z'],
])('rejects %s, which has not ended', (period, end) => {
  expect(() => plan({ period }, '2026-11-02T03:00:05Z')).toThrow(
    invalidRequest(`period must have ended, got "${period}"; ${end}`),
  );
});

it('accepts a period from the millisecond after its last one', () => {
  expect(() => plan({ period: '2026-10' }, '2026-10-31T14:59:59.999Z')).toThrow('period must have ended');
  expect(plan({ period: '2026-10' }, '2026-10-31T15:00:00.000Z').names).toEqual(['2026-10']);
});

it.each([
  ['2026-10-31T15:00:00.000Z', '2026-11-01T03:00:00.000Z'],
  ['2026-11-01T02:59:59.999Z', '2026-11-01T03:00:00.000Z'],
  ['2026-11-01T03:00:00.000Z', undefined],
])('at %s, waits for October until %p', (now, exportableFrom) => {
  expect(plan({ period: '2026-10' }, now).exportableFrom).toBe(exportableFrom);
  expect(plan({ period: '2026-08/2026-10' }, now).exportableFrom).toBe(exportableFrom);
});

it('does not wait in a dry run', () => {
  expect(plan({ period: '2026-10', dryRun: true }, '2026-10-31T15:00:00Z').exportableFrom).toBeUndefined();
});

it('waits before it calls AWS, and continues when the events can be exported', async () => {
  const world = new World(['/app/web']);
  world.now = () => Date.parse('2026-11-02T02:00:00Z');
  const changes = { ...withInput({ period: '2026-11-01' }), parameters: { ...PARAMETERS, timeZone: 'UTC' } };

  expect(await world.plan(changes)).toEqual({
    next: 'WAIT',
    number: 0,
    items: [],
    waitUntil: '2026-11-02T12:00:00.000Z',
    standsAsideFor: null,
    summary: null,
  });
  expect(world.listOperations()).toEqual([]);
  world.now = () => Date.parse('2026-11-02T12:00:00Z');
  expect(await world.plan(changes)).toMatchObject({
    next: 'ARCHIVE',
    number: 1,
    items: [{ logGroupName: '/app/web', period: '2026-11-01' }],
  });
});

const createPeriods = (count: number): Period[] =>
  Array.from({ length: count }, (_, from) => ({ name: `${from}`, from, to: from }));

it.each([
  [25, 10_000],
  [250_000, 1],
  [1, 250_000],
  [7, 0],
])('archives %i periods of %i log groups in one run', (periods, logGroups) => {
  expect(limitToOneRun(createPeriods(periods), logGroups, { period: '2026-10' }, { lookback: 3 })).toHaveLength(
    periods,
  );
});

it.each([
  [36, 10_000, 15],
  [36, 25_000, 0],
  [25, 10_000, 15],
  [36, 1, 26],
  [37, 1, 26],
  [1_000, 1, 26],
])(
  'archives of %i periods after the checkpoint, for %i log groups, the first %i and the last 10',
  (missed, logGroups, first) => {
    const all = createPeriods(missed);

    expect(limitToOneRun(all, logGroups, { period: null }, { lookback: 10 })).toEqual([
      ...all.slice(0, first),
      ...all.slice(-10),
    ]);
  },
);

it.each([
  [
    26,
    10_000,
    null,
    'lookbackPeriods must be at most 25 for 10,000 log groups (a report holds 250,000 entries), got 26',
  ],
  [
    1_096,
    400,
    '2024-01-01/2026-12-31',
    'period must be at most 625 periods for 400 log groups (a report holds 250,000 entries), got 1096 (2024-01-01/2026-12-31)',
  ],
])('rejects %i periods of %i log groups', (periods, logGroups, period, message) => {
  expect(() => limitToOneRun(createPeriods(periods), logGroups, { period }, { lookback: 26 })).toThrow(
    invalidRequest(message),
  );
});

it('rejects a run that is too large before it writes anything', async () => {
  const world = new World(Array.from({ length: 229 }, (_, index) => `/app/${index}`));

  await expect(world.run(withInput({ period: '2023-11-01/2026-10-31', dryRun: true }))).rejects.toThrow(
    invalidRequest(
      'period must be at most 1091 periods for 229 log groups (a report holds 250,000 entries), got 1096 (2023-11-01/2026-10-31)',
    ),
  );
  expect(world.aws.buckets.listObjects('archive', '')).toEqual([]);
});
