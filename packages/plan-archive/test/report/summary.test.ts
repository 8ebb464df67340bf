import { OCTOBER_ITEM } from '@log-archiver/aws-clients/testing';
import type { ArchiveReport, ReportEntry } from '@log-archiver/core';
import { summarize } from '../../src/report/summary';

const KEY = '_log-archiver/runs/r/report.json';
const { logGroupName, period, from, to } = OCTOBER_ITEM;
const ENTRY: ReportEntry = {
  ...{ logGroupName, period, from, to, status: 'FAILED', error: 'CANCELLED', taskId: 'task' },
  ...{ destinationPrefix: '2026/10/app/web', leftover: null, daysLost: null, storedBytes: null },
};
const RUNBOOK = 'https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#archiveincomplete';
const OCTOBER = { name: '2026-10', from, to };

function summarizeReport(items: ReportEntry[], report: Partial<ArchiveReport> = {}) {
  const counts = { status: 'INCOMPLETE', archived: 3, skipped: 2, failed: items.length, plan: null, atRisk: [] };
  return summarize({ ...counts, items, ...report } as ArchiveReport, [OCTOBER], KEY, 'archive');
}

const createEntries = (count: number, changes: (index: number) => Partial<ReportEntry> = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({ ...ENTRY, ...changes(index) }));

it('has the first 20 failures, and no other entry', () => {
  const items = [
    ...createEntries(3, () => ({ status: 'ARCHIVED', error: null })),
    ...createEntries(30, (index) => ({ logGroupName: `/${index}` })),
  ];

  expect(summarizeReport(items).first).toEqual(items.slice(3, 23));
  expect(JSON.parse(/\[.*\]/.exec(summarizeReport(items).cause)?.[0] ?? '')).toHaveLength(20);
});

it('counts a period that was archived in parts as at risk once', () => {
  const atRisk = createEntries(3, (index) => ({ status: 'ARCHIVED', daysLost: 2, from: index }));

  expect(
    summarizeReport([], { atRisk: [...atRisk, ...createEntries(1, () => ({ status: 'PLANNED', period: '2026-09' }))] })
      .atRisk,
  ).toBe(2);
});

it('fits the longest names', () => {
  const long = (index: number) => `/${String(index).padStart(511, 'a')}`;
  const key = `2026/10/31/${'"'.repeat(453)}`;
  const longest = createEntries(100, (index) => ({
    logGroupName: long(index),
    destinationPrefix: key,
    error: 'e'.repeat(256),
  }));
  const { first, cause, ...rest } = summarizeReport(longest);

  expect(first).toHaveLength(17);
  expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThanOrEqual(32_768);
  expect(cause.length).toBe(16_900);
  expect(JSON.parse(/\[.*\]/.exec(cause)?.[0] ?? '')).toHaveLength(20);
  expect(cause.endsWith(`}]; the report is s3://archive/${KEY}; what to do: ${RUNBOOK}`)).toBe(true);
  expect(rest).toMatchObject({ failed: 100, periods: ['2026-10', '2026-10'] });
});

it('limits the cause to 32,768 characters, with the link at its end', () => {
  const { cause } = summarizeReport(createEntries(20, () => ({ error: 'e'.repeat(3_000) })));

  expect(cause.length).toBeLessThanOrEqual(32_768);
  expect(JSON.parse(/\[.*\]/.exec(cause)?.[0] ?? '')).toHaveLength(10);
  expect(cause.endsWith(RUNBOOK)).toBe(true);
});
