import type { ArchiveReport, ReportEntry, RunInput } from '@log-archiver/core';
import { notificationOf } from '../../src/report/notification';
import { OCTOBER_ITEM } from '../october-item';
import { EXECUTION, PARAMETERS } from '../world';

const KEY = '_log-archiver/runs/r/report.json';
const { logGroupName, period, from, to } = OCTOBER_ITEM;
const LINE: ReportEntry = {
  ...{ logGroupName, period, from, to, status: 'FAILED', error: 'CANCELLED', taskId: 'task' },
  ...{ destinationPrefix: '2026/10/app/web', leftover: null, daysLost: null, storedBytes: null },
};
const START =
  'aws stepfunctions start-execution --region ap-northeast-1 ' +
  '--state-machine-arn arn:aws:states:ap-northeast-1:123456789012:stateMachine:Archiver --input';

function notification(items: ReportEntry[], report: Partial<ArchiveReport> = {}) {
  const { account, region } = PARAMETERS;
  const counts = { status: 'INCOMPLETE', archived: 3, skipped: 2, failed: items.length, request: {}, atRisk: [] };
  const all = { ...counts, account, region, items, ...report } as ArchiveReport;
  return notificationOf(all, KEY, { parameters: PARAMETERS, execution: EXECUTION });
}

const lines = (count: number, changes: (index: number) => Partial<ReportEntry> = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({ ...LINE, ...changes(index) }));

const named = (index: number) => ({ logGroupName: `/${index}` });

it('says what failed, what is at risk, how to try again, and where the report is', () => {
  const atRisk = lines(1, () => ({ status: 'ARCHIVED', daysLost: 2, logGroupName: '/app/short' }));

  expect(notification(lines(1), { atRisk })).toEqual({
    subject: 'LogArchiver: 1 of 6 FAILED, 2026-10, 123456789012, ap-northeast-1',
    message: `1 of 6 log groups and periods are not archived, of 2026-10 in account 123456789012, ap-northeast-1.

Archived: 3. Skipped: 2. FAILED: 1. At risk: 1.

FAILED:
  2026-10  ${logGroupName}  CANCELLED

At risk, since retention had taken the first days before the export began:
  2026-10  /app/short  2 days lost

A daily run tries the last 1 periods again by itself. To do it now:

  ${START} '{"period":"2026-10"}'

The run: arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly
The report: s3://archive/${KEY}
What an error means: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/operations.md`,
  });
});

it.each(['COMPLETE', 'DRY_RUN'] as const)('says nothing of a run that is %s', (status) => {
  expect(notification([], { status })).toBeNull();
});

it('names the first 10 that failed and the first 5 at risk, and counts the others', () => {
  const message = notification(lines(12, named), { atRisk: lines(6, named) })?.message ?? '';

  expect(message.match(/ {2}2026-10 {2}\/\d+ {2}CANCELLED/g)).toHaveLength(10);
  expect(message).toContain('\n  2026-10  /9  CANCELLED\n  and 2 more, which the report names\n');
  expect(message.match(/days lost/g)).toHaveLength(5);
  expect(message).toContain('\n  and 1 more, which the report names\n\nA daily run');
});

it('names a period that failed in parts once, with the error of the first', () => {
  const parts = lines(3, (index) => ({ from: index, error: `E${index}` }));
  const message = notification(parts, { failed: 1 })?.message;

  expect(message).toContain('\nFAILED:\n  2026-10  /app/web  E0\n\nA daily run');
});

it.each<[string, RunInput, string]>([
  [
    'the periods that failed, of a scheduled run',
    { scheduledTime: '2026-11-02T03:00:00Z' },
    '{"period":"2026-08/2026-10"}',
  ],
  ['as the run was told', { period: '2026-01/2026-10', force: true }, '{"period":"2026-08/2026-10","force":true}'],
  [
    'with its log groups',
    { logGroups: [{ logGroupName: '/a', s3Prefix: "it's" }] },
    `{"logGroups":[{"logGroupName":"/a","s3Prefix":"it'\\''s"}],"period":"2026-08/2026-10"}`,
  ],
])('has the command that tries again %s', (_, request, input) => {
  const failures = ['2026-10', '2026-08'].map((each) => ({ ...LINE, period: each }));

  expect(notification(failures, { request })?.message).toContain(`\n  ${START} '${input}'\n`);
});

it('has another command where the log groups of the input would be too long for it', () => {
  const logGroups = Array.from({ length: 30 }, (_, index) => ({
    logGroupName: `/${'x'.repeat(80)}${index}`,
    s3Prefix: null,
  }));

  expect(notification(lines(1), { request: { logGroups } })?.message).toContain(
    `\n  ${START} file://input.json\n\n  with the "logGroups" of the report's "request", and {"period":"2026-10"}, in input.json\n`,
  );
});

it('with the longest names fits 16 KiB, and the subject what Amazon SNS allows', () => {
  const longest = lines(1_000, (index) => ({
    ...{ logGroupName: `/${String(index).padStart(511, 'a')}`, error: 'e'.repeat(256), daysLost: 3_653 },
    period: index === 0 ? '2026-10-30' : '2026-10-31',
  }));
  const counts = { archived: 999_999, skipped: 0, failed: 1_000_000, region: 'ap-southeast-1' };
  const request = { logGroups: [{ logGroupName: 'x'.repeat(1_000), s3Prefix: 'x'.repeat(950) }] };
  const { subject, message } = notification(longest, { ...counts, atRisk: longest, request }) ?? {
    subject: '',
    message: '',
  };

  expect(subject).toBe('LogArchiver: 1000000 of 1999999 FAILED, 2026-10-30/2026-10-31, 123456789012, ap-southeast-1');
  expect(subject.length).toBeLessThan(100);
  expect(subject).toMatch(/^[\x20-\x7e]+$/);
  expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(16_384);
});
