import { EXECUTION, PARAMETERS } from '@log-archiver/aws-clients/testing';
import type { ArchiveReport, ArchiveWarning, ReportEntry, RunInput } from '@log-archiver/core';
import { createNotification } from '../../src/report/notification';
import { createEntries, createEntry, createPeriodLoss } from './entries';

const KEY = '_log-archiver/runs/r/report.json';
const COMMAND =
  'aws stepfunctions start-execution --region ap-northeast-1 ' +
  '--state-machine-arn arn:aws:states:ap-northeast-1:123456789012:stateMachine:Archiver --input';

function notify(items: ReportEntry[], report: Partial<ArchiveReport> = {}) {
  const { account, region } = PARAMETERS;
  const counts = { status: 'INCOMPLETE', archived: 3, skipped: 2, failed: items.length, lost: 0, request: {} };
  const all = { ...counts, newLosses: [], warnings: [], account, region, items, ...report } as ArchiveReport;
  return createNotification(all, KEY, { parameters: PARAMETERS, execution: EXECUTION });
}

const nameByIndex = (index: number) => ({ logGroupName: `/${index}` });
const warn = (subject: string, message = 'too short'): ArchiveWarning => ({
  type: 'RetentionTooShort',
  subject,
  message,
});
const RUNBOOK = 'https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md';
const END = `Run: arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly
Report: s3://archive/${KEY}
What to do: ${RUNBOOK}`;

it('names the failures, losses, warnings, the command to retry, the report and the runbook', () => {
  const warnings = [warn('/app/short')];

  expect(notify([createEntry()], { lost: 1, newLosses: [createPeriodLoss()], warnings })).toEqual({
    subject: 'LogArchiver: 1 of 7 FAILED, 2026-10, 123456789012, ap-northeast-1',
    message: `1 of 7 log groups × periods have status FAILED; 1 new loss: 2026-10, account 123456789012, Region ap-northeast-1.

ARCHIVED: 3. SKIPPED: 2. FAILED: 1. LOST: 1.

FAILED:
  2026-10  /app/web  CANCELLED: Cancelled.

LOST (these events can no longer be archived):
  2026-09-30T15:00:00.000Z to 2026-10-03T03:00:04.999Z  /app/web  RetentionExpired

Warnings (reported once):
  RetentionTooShort: too short: /app/short

Each scheduled run retries what failed. To retry now:

  ${COMMAND} '{"period":"2026-10"}'

${END}#archiveincomplete`,
  });
});

it('names the losses of a run without a failure', () => {
  const lost = createEntry({ status: 'LOST', error: 'RetentionExpired', cause: null });
  const newLosses = [createPeriodLoss(), createPeriodLoss({ logGroupName: '/app/api' })];

  expect(notify([lost], { status: 'LOSS', failed: 0, lost: 1, newLosses })).toEqual({
    subject: 'LogArchiver: 2 new losses, 2026-10, 123456789012, ap-northeast-1',
    message: `2 new losses: 2026-10, account 123456789012, Region ap-northeast-1.

ARCHIVED: 3. SKIPPED: 2. FAILED: 0. LOST: 1.

LOST (these events can no longer be archived):
  2026-09-30T15:00:00.000Z to 2026-10-03T03:00:04.999Z  /app/web  RetentionExpired
  2026-09-30T15:00:00.000Z to 2026-10-03T03:00:04.999Z  /app/api  RetentionExpired

${END}#archiveloss`,
  });
});

it('names the warnings of a complete run, those with the same message in one line', () => {
  const warnings = [
    warn('/a'),
    { type: 'ExportsTooSlow', subject: '', message: 'cannot keep up' } as const,
    ...['/b', '/c', '/d', '/e'].map((name) => warn(name)),
    warn('/f', 'another message'),
  ];
  const items = [createEntry({ status: 'ARCHIVED', error: null, cause: null })];

  expect(notify(items, { status: 'COMPLETE', failed: 0, warnings })).toEqual({
    subject: 'LogArchiver: 7 new warnings, 2026-10, 123456789012, ap-northeast-1',
    message: `7 new warnings: 2026-10, account 123456789012, Region ap-northeast-1.

ARCHIVED: 3. SKIPPED: 2. FAILED: 0. LOST: 0.

Warnings (reported once):
  RetentionTooShort: too short: /a, /b, /c and 2 more
  ExportsTooSlow: cannot keep up
  RetentionTooShort: another message: /f

${END}#warnings`,
  });
});

it.each<[ArchiveReport['status'], ArchiveWarning[]]>([
  ['COMPLETE', []],
  ['DRY_RUN', [warn('/a')]],
])('creates no message for a run with status %s and the warnings %j', (status, warnings) => {
  expect(notify([], { status, warnings })).toBeNull();
});

it('names the first 8 failures and losses, and counts the others', () => {
  const newLosses = Array.from({ length: 9 }, (_, index) => createPeriodLoss(nameByIndex(index)));
  const message = notify(createEntries(12, nameByIndex), { newLosses })?.message ?? '';

  expect(message.match(/ {2}2026-10 {2}\/\d+ {2}CANCELLED/g)).toHaveLength(8);
  expect(message).toContain('\n  2026-10  /7  CANCELLED: Cancelled.\n  and 4 more; see the report\n');
  expect(message.match(/RetentionExpired/g)).toHaveLength(8);
  expect(message).toContain('\n  and 1 more; see the report\n\nEach scheduled run');
});

it('names a period that failed in parts once, with the first error', () => {
  const parts = createEntries(3, (index) => ({ from: index, error: `E${index}`, cause: null }));
  const message = notify(parts, { failed: 1 })?.message;

  expect(message).toContain('\nFAILED:\n  2026-10  /app/web  E0\n\nEach scheduled run');
});

it('shortens the message of a failure to one line of 200 characters', () => {
  const message = notify([createEntry({ cause: `a\n\tb${'x'.repeat(300)}` })])?.message;

  expect(message).toContain(`  2026-10  /app/web  CANCELLED: a b${'x'.repeat(196)}…\n`);
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
  const failures = ['2026-10', '2026-08', '2026-10-05'].map((period) => createEntry({ period }));

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

it('says that a scheduled run retries only what is in its definition', () => {
  const request = { logGroups: [{ logGroupName: '/a', s3Prefix: null }] };

  expect(notify([createEntry()], { request })?.message).toContain('\n\nTo retry:\n\n  aws stepfunctions');
});

it('fits 16 KiB with the longest names, and the subject fits the limit of Amazon SNS', () => {
  const longName = (index: number) => `/${String(index).padStart(511, 'a')}`;
  const longest = createEntries(1_000, (index) => ({
    ...{ logGroupName: longName(index), error: 'e'.repeat(256), cause: '漢'.repeat(1_000) },
    period: index === 0 ? '2026-10-30' : '2026-10-31',
  }));
  const newLosses = longest.map(({ logGroupName }) => createPeriodLoss({ logGroupName }));
  const warnings = longest.map(({ logGroupName }, index) => warn(logGroupName, `${index}${'"'.repeat(300)}`));
  const counts = { archived: 999_999, skipped: 0, failed: 1_000_000, lost: 0, region: 'ap-southeast-1' };
  const request = { logGroups: [{ logGroupName: 'x'.repeat(1_000), s3Prefix: 'x'.repeat(950) }] };
  const { subject, message } = notify(longest, { ...counts, newLosses, warnings, request }) ?? {
    subject: '',
    message: '',
  };

  expect(subject).toBe('LogArchiver: 1000000 of 1999999 FAILED, 2026-10-30/2026-10-31, 123456789012, ap-southeast-1');
  expect(subject.length).toBeLessThan(100);
  expect(subject).toMatch(/^[\x20-\x7e]+$/);
  expect(message.match(/and 99\d more; see the report/g)).toHaveLength(3);
  expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(16_384);
});
