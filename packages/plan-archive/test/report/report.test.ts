import type { ReportEntry } from '@log-archiver/core';
import { estimateDryRun, mergeSlotHolders } from '../../src/report/report';

const entry = (status: ReportEntry['status'], changes: object = {}) =>
  ({ logGroupName: '/app/web', period: '2026-10', status, storedBytes: null, ...changes }) as ReportEntry;

it.each([
  [0, 0],
  [1, 18],
  [40, 564],
  [41, 582],
])('estimates that %p exports take %p state transitions', (exports, stateTransitions) => {
  const items = Array.from({ length: exports }, (_, index) => entry('PLANNED', { logGroupName: `/${index}` }));

  expect(estimateDryRun([...items, entry('SKIPPED')])).toEqual({ exports, storedBytes: 0, stateTransitions });
});

it('counts the stored bytes of a log group once for all its periods', () => {
  const items = [
    entry('PLANNED', { storedBytes: 7 }),
    entry('PLANNED', { storedBytes: 7, period: '2026-09' }),
    entry('PLANNED', { storedBytes: 5, logGroupName: '/app/api' }),
    entry('SKIPPED', { storedBytes: 100, logGroupName: '/app/old' }),
  ];

  expect(estimateDryRun(items)).toMatchObject({ exports: 3, storedBytes: 12 });
});

it('merges a slot holder of several pages', () => {
  const holder = { taskId: 'theirs', logGroupName: '/their/log', seconds: 5 };
  const other = { ...holder, taskId: 'others' };

  expect(mergeSlotHolders([holder, other, { ...holder, seconds: 7 }])).toEqual([{ ...holder, seconds: 12 }, other]);
  expect(mergeSlotHolders([])).toEqual([]);
});
