import { OCTOBER_ITEM } from '@log-archiver/aws-clients/testing';
import type { ArchiveReport, ReportEntry } from '@log-archiver/core';
import { summarize } from '../../src/report/summary';
import { createEntries, createEntry, createPeriodLoss } from './entries';

const KEY = '_log-archiver/runs/r/report.json';
const RUNBOOK = 'https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md';
const END = `; the report is s3://archive/${KEY}; what to do: ${RUNBOOK}`;
const { from, to } = OCTOBER_ITEM;
const OCTOBER = { name: '2026-10', from, to };

function summarizeReport(items: ReportEntry[], report: Partial<ArchiveReport> = {}) {
  const counts = { status: 'INCOMPLETE', archived: 3, skipped: 2, failed: items.length, lost: 0, plan: null };
  const none = { forecast: null, newLosses: [], warnings: [] };
  return summarize({ ...counts, ...none, items, ...report } as ArchiveReport, [OCTOBER], KEY, 'archive');
}

it('has the first 20 failures, and then lost and planned entries', () => {
  const items = [
    ...createEntries(3, () => ({ status: 'ARCHIVED', error: null, cause: null })),
    createEntry({ status: 'PLANNED' }),
    createEntry({ status: 'LOST' }),
    ...createEntries(30, (index) => ({ logGroupName: `/${index}` })),
  ];

  expect(summarizeReport(items).first).toEqual(items.slice(5, 25));
  expect(JSON.parse(/\[.*\]/.exec(summarizeReport(items).cause)?.[0] ?? '')).toHaveLength(20);
  expect(summarizeReport(items.slice(0, 6)).first.map(({ status }) => status)).toEqual(['FAILED', 'LOST', 'PLANNED']);
});

it('describes failures and new losses in the cause', () => {
  expect(summarizeReport([createEntry()], { newLosses: [createPeriodLoss()] }).cause).toBe(
    '1 of 6 log groups × periods have status FAILED; 1 new loss: [' +
      '{"logGroupName":"/app/web","period":"2026-10","error":"CANCELLED","cause":"Cancelled.","taskId":"task"},' +
      '{"logGroupName":"/app/web","cause":"RetentionExpired",' +
      `"from":"2026-09-30T15:00:00.000Z","to":"2026-10-03T03:00:04.999Z"}]${END}#archiveincomplete`,
  );
});

it('describes the new losses in the cause of a run without a failure', () => {
  const newLosses = [createPeriodLoss(), createPeriodLoss({ cause: 'LogGroupDeleted' })];

  expect(summarizeReport([], { status: 'LOSS', newLosses }).cause).toMatch(/^2 new losses: \[.*\]; .*#archiveloss$/);
});

it('has the new losses, the new warnings and the forecast of the report', () => {
  const newLosses = [createPeriodLoss()];
  const warnings = [{ type: 'LogGroupNeverSeen' as const, subject: '/a', message: 'check its name' }];
  const forecast = { exportHoursPerDay: 1, message: 'enough' };

  expect(summarizeReport([], { newLosses, warnings, forecast, lost: 1 })).toMatchObject({
    ...{ newLosses, warnings, forecast, lost: 1 },
  });
});

it('shortens the messages of failures', () => {
  expect(summarizeReport([createEntry({ cause: 'x'.repeat(1_000) })]).first[0]?.cause).toBe(`${'x'.repeat(199)}…`);
});

it('fits the longest names', () => {
  const long = (index: number) => `/${String(index).padStart(511, 'a')}`;
  const key = `2026/10/31/${'"'.repeat(453)}`;
  const longest = createEntries(100, (index) => ({
    ...{ logGroupName: long(index), destinationPrefix: key, error: 'e'.repeat(256), cause: '"'.repeat(1_000) },
  }));
  const newLosses = longest.map(({ logGroupName }) => createPeriodLoss({ logGroupName }));
  const warnings = longest.map(({ logGroupName }) => ({
    ...{ type: 'RetentionTooShort' as const, subject: logGroupName, message: 'x'.repeat(250) },
  }));
  const { first, cause, ...rest } = summarizeReport(longest, { newLosses, warnings });

  expect(first.length).toBe(10);
  expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThanOrEqual(24_576);
  expect(JSON.parse(/\[.*\]/.exec(cause)?.[0] ?? '').length).toBeGreaterThan(20);
  expect(cause.length).toBeLessThanOrEqual(32_768);
  expect(cause.endsWith(`}]${END}#archiveincomplete`)).toBe(true);
  expect(rest.newLosses.length).toBe(16);
  expect(rest.warnings.length).toBe(15);
  expect(rest).toMatchObject({ failed: 100, periods: ['2026-10', '2026-10'] });
});

it('limits the cause to 32,768 characters, with the link at its end', () => {
  const { cause } = summarizeReport(createEntries(20, () => ({ error: 'e'.repeat(3_000) })));

  expect(cause.length).toBeLessThanOrEqual(32_768);
  expect(JSON.parse(/\[.*\]/.exec(cause)?.[0] ?? '')).toHaveLength(10);
  expect(cause.endsWith(`${RUNBOOK}#archiveincomplete`)).toBe(true);
});
