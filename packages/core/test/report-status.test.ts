import type { ReportEntry } from '../src/contract';
import { countByStatus } from '../src/report-status';

type Status = ReportEntry['status'];
const line = (status: Status, changes: object = {}) =>
  ({ logGroupName: '/app/web', period: '2026-10', status, storedBytes: null, ...changes }) as ReportEntry;

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

  expect(countByStatus(statuses.map((status) => line(status)))).toEqual({ ...none, [expected]: 1 });
});

it('each log group and each period counts', () => {
  const items = [
    line('ARCHIVED'),
    line('FAILED', { period: '2026-09' }),
    line('ARCHIVED', { logGroupName: '/app/api' }),
  ];

  expect(countByStatus(items)).toEqual({ ARCHIVED: 2, SKIPPED: 0, FAILED: 1, PLANNED: 0 });
});
