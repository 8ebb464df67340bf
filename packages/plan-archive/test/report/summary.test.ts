import type { ArchiveReport, ReportEntry } from '@log-archiver/core';
import { summaryOf } from '../../src/report/summary';
import { OCTOBER_ITEM } from '../october-item';

const KEY = '_log-archiver/runs/r/report.json';
const { logGroupName, period, from, to } = OCTOBER_ITEM;
const LINE: ReportEntry = {
  ...{ logGroupName, period, from, to, status: 'FAILED', error: 'CANCELLED', taskId: 'task' },
  ...{ destinationPrefix: '2026/10/app/web', leftover: null, daysLost: null, storedBytes: null },
};
const OCTOBER = { name: '2026-10', from, to };

function summary(items: ReportEntry[], report: Partial<ArchiveReport> = {}) {
  const counts = { status: 'INCOMPLETE', archived: 3, skipped: 2, failed: items.length, plan: null, atRisk: [] };
  return summaryOf({ ...counts, items, ...report } as ArchiveReport, [OCTOBER], KEY, 'archive');
}

const lines = (count: number, changes: (index: number) => Partial<ReportEntry> = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({ ...LINE, ...changes(index) }));

it('a summary has the first 20 that FAILED, and no other', () => {
  const items = [
    ...lines(3, () => ({ status: 'ARCHIVED', error: null })),
    ...lines(30, (index) => ({ logGroupName: `/${index}` })),
  ];

  expect(summary(items).first).toEqual(items.slice(3, 23));
  expect(JSON.parse(/\[.*\]/.exec(summary(items).cause)?.[0] ?? '')).toHaveLength(20);
});

it('a period that was cut and is archived in parts is at risk once', () => {
  const atRisk = lines(3, (index) => ({ status: 'ARCHIVED', daysLost: 2, from: index }));

  expect(
    summary([], { atRisk: [...atRisk, ...lines(1, () => ({ status: 'PLANNED', period: '2026-09' }))] }).atRisk,
  ).toBe(2);
});

it('the longest names fit', () => {
  const long = (index: number) => `/${String(index).padStart(511, 'a')}`;
  const key = `2026/10/31/${'"'.repeat(453)}`;
  const longest = lines(100, (index) => ({
    logGroupName: long(index),
    destinationPrefix: key,
    error: 'e'.repeat(256),
  }));
  const { first, cause, ...rest } = summary(longest);

  expect(first).toHaveLength(17);
  expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThanOrEqual(32_768);
  expect(cause.length).toBe(16_784);
  expect(JSON.parse(/\[.*\]/.exec(cause)?.[0] ?? '')).toHaveLength(20);
  expect(cause.endsWith(`}]; the report is s3://archive/${KEY}`)).toBe(true);
  expect(rest).toMatchObject({ failed: 100, periods: ['2026-10', '2026-10'] });
});

it('a Cause has 32,768 characters at most', () => {
  const { cause } = summary(lines(20, () => ({ error: 'e'.repeat(3_000) })));

  expect(cause.length).toBeLessThanOrEqual(32_768);
  expect(JSON.parse(/\[.*\]/.exec(cause)?.[0] ?? '')).toHaveLength(10);
});
