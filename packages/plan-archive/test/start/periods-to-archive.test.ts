import type { ArchiveOrder } from '../../src/run-input';
import { duePeriods, waitUntil } from '../../src/start/periods-to-archive';
import { invalidRequest } from '../invalid-request';
import { NOW, PARAMETERS, World, withInput } from '../world';

const ORDER: ArchiveOrder = {
  scheduledTime: '2026-11-02T03:00:00Z',
  period: null,
  logGroups: null,
  dryRun: false,
  force: false,
};

const DAILY = { ...PARAMETERS, frequency: 'DAILY' as const };

function due(order: Partial<ArchiveOrder>, now: string, lookback = 2) {
  const asked = { ...ORDER, ...order };
  const periods = duePeriods(asked, { ...PARAMETERS, lookback }, Date.parse(now));
  return { names: periods.map(({ name }) => name), until: waitUntil(asked, periods, Date.parse(now)) };
}

it('a scheduled run archives the periods that ended last and settled, and waits for none', () => {
  expect(due({}, '2026-11-02T03:00:05Z')).toEqual({ names: ['2026-09', '2026-10'], until: null });
});

it.each([
  ['has looked at all of it', '2026-10-31T15:00:00.000Z', ['2026-09', '2026-10']],
  ['has not looked at all of it', '2026-08-31T15:00:00.000Z', ['2026-09', '2026-10']],
  ['has stopped before it', '2026-08-31T14:59:59.999Z', ['2026-08', '2026-09', '2026-10']],
  ['has stopped long before it', '2026-06-30T15:00:00.000Z', ['2026-07', '2026-08', '2026-09', '2026-10']],
])('a scheduled run goes on where the one before it %s', (_, since, names) => {
  const periods = duePeriods(ORDER, { ...PARAMETERS, lookback: 2 }, Date.parse(NOW), Date.parse(since));

  expect(periods.map(({ name }) => name)).toEqual(names);
});

it('when months were archived before, it goes on with the days after them', () => {
  const since = Date.parse('2026-08-31T15:00:00.000Z');
  const periods = duePeriods(ORDER, DAILY, Date.parse(NOW), since);

  expect([periods.length, periods[0]?.name, periods.at(-1)?.name]).toEqual([62, '2026-09-01', '2026-11-01']);
});

it('the clock does not decide which periods they are', () => {
  expect(due({}, '2027-03-02T03:00:05Z')).toEqual({ names: ['2026-09', '2026-10'], until: null });
});

it.each([
  ['a month', '2026-10', ['2026-10']],
  ['months', '2026-07/2026-09', ['2026-07', '2026-08', '2026-09']],
  ['a day, whatever the frequency', '2026-10-31', ['2026-10-31']],
])('%s that is asked for by name is archived: %s', (_, period, names) => {
  expect(due({ period }, '2026-11-02T03:00:05Z').names).toEqual(names);
});

it.each([
  ['2026-11', '2026-11 ends at 2026-11-30T14:59:59.999Z'],
  ['2026-10/2026-11', '2026-11 ends at 2026-11-30T14:59:59.999Z'],
  ['2026-11-02', '2026-11-02 ends at 2026-11-02T14:59:59.999Z'],
])('%s is refused, as it has not ended', (period, end) => {
  expect(() => due({ period }, '2026-11-02T03:00:05Z')).toThrow(
    invalidRequest(`period must be one that has ended; ${end}, got "${period}"`),
  );
});

it('a period has ended a millisecond after its last one', () => {
  expect(() => due({ period: '2026-10' }, '2026-10-31T14:59:59.999Z')).toThrow('one that has ended');
  expect(due({ period: '2026-10' }, '2026-10-31T15:00:00.000Z').names).toEqual(['2026-10']);
});

it.each([
  ['2026-10-31T15:00:00.000Z', '2026-11-01T03:00:00.000Z'],
  ['2026-11-01T02:59:59.999Z', '2026-11-01T03:00:00.000Z'],
  ['2026-11-01T03:00:00.000Z', null],
])('at %s a run waits for October until %p', (now, until) => {
  expect(due({ period: '2026-10' }, now).until).toBe(until);
  expect(due({ period: '2026-08/2026-10' }, now).until).toBe(until);
});

it('a dry run does not wait', () => {
  expect(due({ period: '2026-10', dryRun: true }, '2026-10-31T15:00:00Z').until).toBeNull();
});

it('a run that waits has found nothing yet, and goes on when the time has come', async () => {
  const world = new World(['/app/web']);
  world.now = () => Date.parse('2026-11-02T02:00:00Z');
  const asked = { ...withInput({ period: '2026-11-01' }) };

  expect(await world.plan({ ...asked, parameters: { ...PARAMETERS, timeZone: 'UTC' } })).toEqual({
    next: 'WAIT',
    number: 0,
    items: [],
    waitUntil: '2026-11-02T12:00:00.000Z',
    standsAsideFor: null,
    summary: null,
  });
  expect(world.operations()).toEqual([]);
  world.now = () => Date.parse('2026-11-02T12:00:00Z');
  expect(await world.plan({ ...asked, parameters: { ...PARAMETERS, timeZone: 'UTC' } })).toMatchObject({
    next: 'ARCHIVE',
    number: 1,
    items: [{ logGroupName: '/app/web', period: '2026-11-01' }],
  });
});
