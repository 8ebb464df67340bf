import type { ReportEntry } from '@log-archiver/core';
import { planOf } from '../../src/report/archive-plan';

const line = (status: ReportEntry['status'], changes: object = {}) =>
  ({ logGroupName: '/app/web', period: '2026-10', status, storedBytes: null, ...changes }) as ReportEntry;

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
