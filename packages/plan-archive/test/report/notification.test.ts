import { EXECUTION, OCTOBER_ITEM, PARAMETERS } from '@log-archiver/aws-clients/testing';
import type { ArchiveReport, ReportEntry, RunInput } from '@log-archiver/core';
import { createNotification } from '../../src/report/notification';

const KEY = '_log-archiver/runs/r/report.json';
const { logGroupName, period, from, to } = OCTOBER_ITEM;
const ENTRY: ReportEntry = {
  ...{ logGroupName, period, from, to, status: 'FAILED', error: 'CANCELLED', taskId: 'task' },
  ...{ destinationPrefix: '2026/10/app/web', leftover: null, daysLost: null, storedBytes: null },
};
const COMMAND =
  'aws stepfunctions start-execution --region ap-northeast-1 ' +
  '--state-machine-arn arn:aws:states:ap-northeast-1:123456789012:stateMachine:Archiver --input';

function notify(items: ReportEntry[], report: Partial<ArchiveReport> = {}) {
  const { account, region } = PARAMETERS;
  const counts = { status: 'INCOMPLETE', archived: 3, skipped: 2, failed: items.length, request: {}, atRisk: [] };
  const all = { ...counts, account, region, items, ...report } as ArchiveReport;
  return createNotification(all, KEY, { parameters: PARAMETERS, execution: EXECUTION });
}

const createEntries = (count: number, changes: (index: number) => Partial<ReportEntry> = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({ ...ENTRY, ...changes(index) }));

const nameByIndex = (index: number) => ({ logGroupName: `/${index}` });

it('names the failures, the risks, the command to retry, the report and the runbook', () => {
  const atRisk = createEntries(1, () => ({ status: 'ARCHIVED', daysLost: 2, logGroupName: '/app/short' }));

  expect(notify(createEntries(1), { atRisk })).toEqual({
    subject: 'LogArchiver: 1 of 6 FAILED, 2026-10, 123456789012, ap-northeast-1',
    message: `1 of 6 log groups × periods have status FAILED: 2026-10, account 123456789012, Region ap-northeast-1.

ARCHIVED: 3. SKIPPED: 2. FAILED: 1. At risk: 1.

FAILED:
  2026-10  ${logGroupName}  CANCELLED

At risk (retention removed the first days before the export began):
  2026-10  /app/short  days lost: 2

Each daily run retries the most recent periods (lookbackPeriods: 1). To retry now:

  ${COMMAND} '{"period":"2026-10"}'

Run: arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly
Report: s3://archive/${KEY}
What to do: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#archiveincomplete`,
  });
});

it.each(['COMPLETE', 'DRY_RUN'] as const)('creates no message for a run with status %s', (status) => {
  expect(notify([], { status })).toBeNull();
});

it('names the first 10 failures and the first 5 risks, and counts the others', () => {
  const message = notify(createEntries(12, nameByIndex), { atRisk: createEntries(6, nameByIndex) })?.message ?? '';

  expect(message.match(/ {2}2026-10 {2}\/\d+ {2}CANCELLED/g)).toHaveLength(10);
  expect(message).toContain('\n  2026-10  /9  CANCELLED\n  and 2 more; see the report\n');
  expect(message.match(/days lost:/g)).toHaveLength(5);
  expect(message).toContain('\n  and 1 more; see the report\n\nEach daily run');
});

it('names a period that failed in parts once, with the first error', () => {
  const parts = createEntries(3, (index) => ({ from: index, error: `E${index}` }));
  const message = notify(parts, { failed: 1 })?.message;

  expect(message).toContain('\nFAILED:\n  2026-10  /app/web  E0\n\nEach daily run');
});

it.each<[string, RunInput, string]>([
  [
    'for the periods that failed, after a scheduled run',
    { scheduledTime: '2026-11-02T03:00:00Z' },
    '{"period":"2026-08/2026-10"}',
  ],
  [
    'with the other fields of the input',
    { period: '2026-01/2026-10', force: true },
    '{"period":"2026-08/2026-10","force":true}',
  ],
  [
    'with the log groups of the input',
    { logGroups: [{ logGroupName: '/a', s3Prefix: "it's" }] },
    `{"logGroups":[{"logGroupName":"/a","s3Prefix":"it'\\''s"}],"period":"2026-08/2026-10"}`,
  ],
])('has a command to retry %s', (_, request, input) => {
  const failures = ['2026-10', '2026-08'].map((each) => ({ ...ENTRY, period: each }));

  expect(notify(failures, { request })?.message).toContain(`\n  ${COMMAND} '${input}'\n`);
});

it('has a command with a file if the log groups of the input are too long', () => {
  const logGroups = Array.from({ length: 30 }, (_, index) => ({
    logGroupName: `/${'x'.repeat(80)}${index}`,
    s3Prefix: null,
  }));

  expect(notify(createEntries(1), { request: { logGroups } })?.message).toContain(
    `\n  ${COMMAND} file://input.json\n\n  where input.json has the "logGroups" of the report's "request", and {"period":"2026-10"}\n`,
  );
});

it('fits 16 KiB with the longest names, and the subject fits the limit of Amazon SNS', () => {
  const longest = createEntries(1_000, (index) => ({
    ...{ logGroupName: `/${String(index).padStart(511, 'a')}`, error: 'e'.repeat(256), daysLost: 3_653 },
    period: index === 0 ? '2026-10-30' : '2026-10-31',
  }));
  const counts = { archived: 999_999, skipped: 0, failed: 1_000_000, region: 'ap-southeast-1' };
  const request = { logGroups: [{ logGroupName: 'x'.repeat(1_000), s3Prefix: 'x'.repeat(950) }] };
  const { subject, message } = notify(longest, { ...counts, atRisk: longest, request }) ?? {
    subject: '',
    message: '',
  };

  expect(subject).toBe('LogArchiver: 1000000 of 1999999 FAILED, 2026-10-30/2026-10-31, 123456789012, ap-southeast-1');
  expect(subject.length).toBeLessThan(100);
  expect(subject).toMatch(/^[\x20-\x7e]+$/);
  expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(16_384);
});
