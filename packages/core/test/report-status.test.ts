import type { ReportEntry } from '../src/contract';
import { countByStatus, mergeParts } from '../src/report-status';

type Status = ReportEntry['status'];
const entry = (status: Status, changes: object = {}) =>
  ({ logGroupName: '/app/web', period: '2026-10', status, storedBytes: null, ...changes }) as ReportEntry;

it.each<[Status[], Status]>([
  [['ARCHIVED'], 'ARCHIVED'],
  [['ARCHIVED', 'ARCHIVED'], 'ARCHIVED'],
  [['ARCHIVED', 'FAILED', 'ARCHIVED'], 'FAILED'],
  [['FAILED', 'SKIPPED'], 'FAILED'],
  [['SKIPPED', 'ARCHIVED'], 'ARCHIVED'],
  [['SKIPPED'], 'SKIPPED'],
  [['PLANNED'], 'PLANNED'],
  [['ARCHIVED', 'LOST'], 'LOST'],
  [['LOST', 'FAILED'], 'FAILED'],
  [['LOST', 'PLANNED'], 'PLANNED'],
])('counts a period with parts %j once, as %s', (statuses, expected) => {
  const none = { ARCHIVED: 0, SKIPPED: 0, FAILED: 0, LOST: 0, PLANNED: 0 };

  expect(countByStatus(statuses.map((status) => entry(status)))).toEqual({ ...none, [expected]: 1 });
});

it('counts each log group and each period', () => {
  const entries = [
    entry('ARCHIVED'),
    entry('FAILED', { period: '2026-09' }),
    entry('ARCHIVED', { logGroupName: '/app/api' }),
  ];

  expect(countByStatus(entries)).toEqual({ ARCHIVED: 2, SKIPPED: 0, FAILED: 1, LOST: 0, PLANNED: 0 });
});

it('merges the parts of a period into the first entry with the worst status', () => {
  const [first, second] = [entry('FAILED', { from: 1 }), entry('FAILED', { from: 2 })];
  const other = entry('SKIPPED', { period: '2026-09' });

  expect(mergeParts([entry('ARCHIVED', { from: 0 }), first, other, second])).toEqual([first, other]);
});
