import type { ArchiveReport, ReportEntry } from '@log-archiver/core';
import { createReport, describeProblems, estimateDryRun, mergeSlotHolders } from '../../src/report/report';
import type { PlannedPage } from '../../src/run-store';
import { REQUEST } from '../world';
import { createPeriodLoss } from './entries';

const entry = (status: ReportEntry['status'], changes: object = {}) =>
  ({ logGroupName: '/app/web', period: '2026-10', status, storedBytes: null, ...changes }) as ReportEntry;

it.each([
  [0, 6],
  [1, 14],
  [25, 134],
  [26, 142],
])('estimates that %p exports take %p state transitions', (exports, stateTransitions) => {
  const items = Array.from({ length: exports }, (_, index) => entry('PLANNED', { logGroupName: `/${index}` }));

  expect(estimateDryRun([...items, entry('SKIPPED')], 1.5)).toEqual({
    ...{ exports, storedBytes: 0, stateTransitions, exportHours: 1.5 },
  });
});

it('counts the stored bytes of a log group once for all its periods', () => {
  const items = [
    entry('PLANNED', { storedBytes: 7 }),
    entry('PLANNED', { storedBytes: 7, period: '2026-09' }),
    entry('PLANNED', { storedBytes: 5, logGroupName: '/app/api' }),
    entry('SKIPPED', { storedBytes: 100, logGroupName: '/app/old' }),
  ];

  expect(estimateDryRun(items, null)).toMatchObject({ exports: 3, storedBytes: 12 });
});

it('merges a slot holder of several pages', () => {
  const holder = { taskId: 'theirs', logGroupName: '/their/log', seconds: 5 };
  const other = { ...holder, taskId: 'others' };

  expect(mergeSlotHolders([holder, other, { ...holder, seconds: 7 }])).toEqual([{ ...holder, seconds: 12 }, other]);
  expect(mergeSlotHolders([])).toEqual([]);
});

it.each<[string, ReportEntry['status'][], number, boolean, string]>([
  ['everything is archived', ['ARCHIVED', 'SKIPPED'], 0, false, 'COMPLETE'],
  ['only known losses are found', ['LOST'], 0, false, 'COMPLETE'],
  ['a loss is new', ['ARCHIVED'], 1, false, 'LOSS'],
  ['an entry failed, and a loss is new', ['FAILED'], 1, false, 'INCOMPLETE'],
  ['the run was a dry run', ['PLANNED', 'FAILED'], 1, true, 'DRY_RUN'],
])('has a status when %s', (_, statuses, losses, dryRun, status) => {
  const entries = statuses.map((of, index) => entry(of, { logGroupName: `/${index}` }));
  const newLosses = Array.from({ length: losses }, () => createPeriodLoss());
  const findings = { entries, newLosses, warnings: [], forecast: null, exportHours: 2 };
  const page = { plannedAt: 0, slotHolders: [], leftovers: [] } as Partial<PlannedPage> as PlannedPage;
  const report = createReport(findings, [page], REQUEST, { dryRun });

  expect(report).toMatchObject({ status, lost: statuses.filter((of) => of === 'LOST').length, newLosses });
  expect(report.plan?.exportHours ?? null).toBe(dryRun ? 2 : null);
});

it.each([
  [0, '2 of 10 log groups × periods have status FAILED'],
  [1, '2 of 10 log groups × periods have status FAILED; 1 new loss'],
  [2, '2 of 10 log groups × periods have status FAILED; 2 new losses'],
])('describes failures, and %i new losses', (losses, expected) => {
  const newLosses = Array.from({ length: losses }, () => createPeriodLoss());
  const counts = { archived: 1, skipped: 3, failed: 2, lost: 4, newLosses };

  expect(describeProblems(counts as ArchiveReport)).toBe(expected);
});
