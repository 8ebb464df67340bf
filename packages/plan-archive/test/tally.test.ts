import type { ReportedItem } from '@log-archiver/core';
import { planOf } from '../src/archive-plan';
import { tallyOf } from '../src/tally';

type Status = ReportedItem['status'];
const line = (status: Status, changes: object = {}) =>
  ({ logGroupName: '/app/web', period: '2026-10', status, storedBytes: null, ...changes }) as ReportedItem;

it.each<[Status[], Status]>([
  [['ARCHIVED'], 'ARCHIVED'],
  [['ARCHIVED', 'ARCHIVED'], 'ARCHIVED'],
  [['ARCHIVED', 'FAILED', 'ARCHIVED'], 'FAILED'],
  [['FAILED', 'SKIPPED'], 'FAILED'],
  [['SKIPPED', 'ARCHIVED'], 'ARCHIVED'],
  [['SKIPPED'], 'SKIPPED'],
  [['PLANNED'], 'PLANNED'],
])('a log group and a period whose parts are %j count once, as %s', (statuses, expected) => {
  const none = { ARCHIVED: 0, SKIPPED: 0, FAILED: 0, PLANNED: 0 };

  expect(tallyOf(statuses.map((status) => line(status)))).toEqual({ ...none, [expected]: 1 });
});

it('each log group and each period counts', () => {
  const items = [
    line('ARCHIVED'),
    line('FAILED', { period: '2026-09' }),
    line('ARCHIVED', { logGroupName: '/app/api' }),
  ];

  expect(tallyOf(items)).toEqual({ ARCHIVED: 2, SKIPPED: 0, FAILED: 1, PLANNED: 0 });
});

it.each([
  [0, 0],
  [1, 18],
  [40, 564],
  [41, 582],
])('%p exports take about %p state transitions', (exports, stateTransitions) => {
  const items = Array.from({ length: exports }, (_, index) => line('PLANNED', { logGroupName: `/${index}` }));

  expect(planOf([...items, line('SKIPPED')])).toEqual({ exports, storedBytes: 0, stateTransitions });
});

it('what a log group stores counts once, whatever the number of its periods', () => {
  const items = [
    line('PLANNED', { storedBytes: 7 }),
    line('PLANNED', { storedBytes: 7, period: '2026-09' }),
    line('PLANNED', { storedBytes: 5, logGroupName: '/app/api' }),
    line('SKIPPED', { storedBytes: 100, logGroupName: '/app/old' }),
  ];

  expect(planOf(items)).toMatchObject({ exports: 3, storedBytes: 12 });
});
