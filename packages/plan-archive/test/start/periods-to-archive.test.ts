import { NOW, PARAMETERS } from '@log-archiver/aws-clients/testing';
import { type Period, parsePeriod } from '@log-archiver/core';
import type { ValidInput } from '../../src/run-input';
import { findExportableFrom, limitToOneRun, periodsToArchive, sortByAge } from '../../src/start/periods-to-archive';
import { invalidRequest, World, withInput } from '../world';

const INPUT = { scheduledTime: '2026-11-02T03:00:00Z', period: null, dryRun: false };

const DAILY = { ...PARAMETERS, frequency: 'DAILY' as const };

function plan(changes: Partial<ValidInput>, now: string) {
  const input = { ...INPUT, ...changes };
  const periods = periodsToArchive(input, { ...PARAMETERS, lookback: 2 }, undefined, Date.parse(now));
  const names = periods.required.map(({ name }) => name);
  return { names, exportableFrom: findExportableFrom(periods, input, Date.parse(now)) };
}

it('returns the last settled periods of a scheduled run, which waits for none', () => {
  expect(plan({}, '2026-11-02T03:00:05Z')).toEqual({ names: ['2026-09', '2026-10'], exportableFrom: undefined });
});

/** Returns the names of the periods that a scheduled run checks with a checkpoint. */
function planAfter(until: string, incomplete: string[] = [], parameters = { ...PARAMETERS, lookback: 2 }) {
  const { required, others } = periodsToArchive(INPUT, parameters, { until, incomplete }, Date.parse(NOW));
  return { required: required.map(({ name }) => name), others: others.map(({ name }) => name) };
}

it.each([
  ['the last period', '2026-10-31T14:59:59.999Z', []],
  ['the period before the last two', '2026-08-31T14:59:59.999Z', []],
  ['the middle of that period', '2026-08-31T14:59:59.998Z', ['2026-08']],
  ['an earlier period', '2026-06-30T14:59:59.999Z', ['2026-07', '2026-08']],
])('continues after a checkpoint at the end of %s', (_, until, others) => {
  expect(planAfter(until)).toEqual({ required: ['2026-09', '2026-10'], others });
});

it('continues with days after a checkpoint at the end of a month', () => {
  const { required, others } = planAfter('2026-08-31T14:59:59.999Z', [], DAILY);

  expect([required, others.length, others[0], others.at(-1)]).toEqual([['2026-11-01'], 61, '2026-09-01', '2026-10-31']);
});

it('returns to incomplete periods in their order, after the missed ones', () => {
  expect(planAfter('2026-07-31T14:59:59.999Z', ['2026-05', '2026-10', '2026-04'])).toEqual({
    required: ['2026-09', '2026-10'],
    others: ['2026-08', '2026-05', '2026-04'],
  });
});

it('returns to incomplete periods of another granularity', () => {
  expect(planAfter('2026-10-31T14:59:59.999Z', ['2026-10-05'])).toEqual({
    required: ['2026-09', '2026-10'],
    others: ['2026-10-05'],
  });
});

it('sorts periods by their start, a month before its days', () => {
  const periods = ['2026-10-31', '2026-11', '2026-10-01', '2026-10'].map((name) => parsePeriod(name, 'UTC'));

  expect(sortByAge(periods).map(({ name }) => name)).toEqual(['2026-10', '2026-10-01', '2026-10-31', '2026-11']);
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
])('archives %i named periods of %i log groups in one run', (count, logGroups) => {
  const named = { required: createPeriods(count), others: [] };

  expect(limitToOneRun(named, logGroups, { period: '2026-10' })).toHaveLength(count);
});

it.each([
  [36, 10_000, 15],
  [36, 25_000, 0],
  [15, 10_000, 15],
  [26, 1, 26],
  [27, 1, 26],
  [1_000, 1, 26],
])(
  'archives of %i other periods, for %i log groups, the first %i, and the last 10 periods',
  (count, logGroups, first) => {
    const others = createPeriods(count);
    const required = createPeriods(10).map(({ name }) => ({ name, from: 1e6, to: 1e6 }));

    expect(limitToOneRun({ required, others }, logGroups, { period: null })).toEqual([
      ...others.slice(0, first),
      ...required,
    ]);
  },
);

it('archives the periods oldest first, whatever their turn', () => {
  const [first, second, third] = createPeriods(3) as [Period, Period, Period];

  expect(limitToOneRun({ required: [second], others: [third, first] }, 1, { period: null })).toEqual([
    first,
    second,
    third,
  ]);
});

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
  expect(() => limitToOneRun({ required: createPeriods(periods), others: [] }, logGroups, { period })).toThrow(
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
