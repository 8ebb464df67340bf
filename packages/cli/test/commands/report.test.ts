import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArchiveReport, PeriodStatus, ReportEntry } from '@log-archiver/core';
import { ACCOUNT, BUCKET, REGION, TestArchive } from '../archive';
import { runCli } from '../run-cli';

const REPORT_KEY = `_log-archiver/runs/${ACCOUNT}/${REGION}/2026-11-02T03.00.00Z_daily/report.json`;
const LOSS = { cause: 'RetentionExpired' as const, from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T23:59:59.999Z' };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-archiver-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function createEntry(changes: Partial<ReportEntry>): ReportEntry {
  return {
    ...{ logGroupName: '/app/web', period: '2026-10', from: 0, to: 1, status: 'ARCHIVED', error: null, cause: null },
    ...{ taskId: null, destinationPrefix: null, leftover: null, losses: [], storedBytes: null },
    ...changes,
  };
}

/** Archives two log groups, 2 minutes apart. Writes the status of October, and the report of its run. */
async function createArchive({
  status = {},
  items = [],
  slotHolders = [],
}: {
  status?: Partial<PeriodStatus>;
  items?: Partial<ReportEntry>[];
  slotHolders?: ArchiveReport['slotHolders'];
} = {}) {
  const archive = new TestArchive();
  for (const logGroupName of ['/app/web', '/app/api']) {
    await archive.createLogGroup(logGroupName);
  }
  const event = { timestamp: '2026-10-05T10:00:00.000Z', message: 'one' };
  await archive.putEvents([
    { ...event, stream: 'a' },
    { ...event, stream: 'b' },
  ]);
  await archive.passTo('2026-11-01T13:00:00.000Z');
  await archive.archive({ period: '2026-10' });
  await archive.passTo('2026-11-01T13:03:00.000Z');
  await archive.archive({ period: '2026-10', logGroupName: '/app/api' });
  const report = { items: items.map(createEntry), slotHolders };
  archive.aws.buckets.putObject(BUCKET, REPORT_KEY, JSON.stringify(report));
  archive.putStatus('2026-10', { archived: 2, reportKey: REPORT_KEY, ...status });
  return archive;
}

function report({ aws }: TestArchive, ...args: string[]) {
  return runCli(['report', '--period', '2026-10', '--bucket', BUCKET, ...args], aws);
}

/** Returns the text of a page without its tags, one line per block. */
function toText(page: string): string {
  return page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<\/(p|li|tr|h\d|div)>/g, '\n')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/ +/g, ' ')
    .replace(/ ?\n\s*/g, '\n');
}

async function readText(archive: TestArchive, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await report(archive, ...args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return toText(stdout);
}

describe('report', () => {
  test('shows the archiver, its status, and the totals', async () => {
    const text = await readText(await createArchive());
    expect(text).toContain(
      'Archive of 2026-10\nCOMPLETE as of 2026-11-01 13:04 UTC .\nArchiver Archiver\nBucket archive\n',
    );
    expect(text).toContain(`Account ${ACCOUNT}\nRegion ${REGION}\nTime zone UTC\n`);
    expect(text).toMatch(/Log groups ARCHIVED 2\nExport tasks 2\nObjects 2\nBytes \d+ bytes\n/);
    expect(text).toContain('Losses and failures\nNone.\n');
  });

  test('shows the outcomes, the largest log group first', async () => {
    const items = [{ logGroupName: '/app/new', status: 'SKIPPED' as const, error: 'CreatedLater' }];
    expect(await readText(await createArchive({ items }))).toMatch(
      new RegExp(
        'ARCHIVED /app/web 2026-11-01 13:00:00 UTC 1 min 2 \\d+ bytes\n' +
          'ARCHIVED /app/api 2026-11-01 13:03:00 UTC 1 min 0 0 bytes\n' +
          'SKIPPED , the log group was created after the period \\(CreatedLater\\) /app/new – – – –\n',
      ),
    );
  });

  test('shows the use of the export slot, and foreign tasks', async () => {
    const slotHolders = [{ taskId: 'task-1', logGroupName: '/other', seconds: 90 }];
    const { stdout } = await report(await createArchive({ slotHolders }));
    const text = toText(stdout);
    expect(text).toContain('Run daily\n2 exports, busy 2 min of 4 min (50%), gaps 2 min\n');
    expect(text).toContain(
      '2026-11-01 13:00:00 UTC 2026-11-01 13:04:00 UTC\n/app/web 13:00:00, 1 min\n/app/api 13:03:00, 1 min\n',
    );
    expect(text).toContain('Export task task-1 of /other: 1 min 30 s\n');
    expect(stdout).toContain('<rect x="0.0" width="250.0" height="10"/><rect x="750.0" width="250.0" height="10"/>');
  });

  test('shows losses first, then failures, with their reasons', async () => {
    const items = [
      { logGroupName: '/app/db', status: 'FAILED' as const, error: 'AccessDeniedException', cause: 'no permission' },
      { logGroupName: '/app/old', status: 'LOST' as const, error: 'LogGroupDeleted' },
    ];
    const losses = [{ ...LOSS, logGroupName: '/app/web', reportedAt: '', execution: '' }];
    const text = await readText(await createArchive({ status: { status: 'INCOMPLETE', failed: 1, losses }, items }));
    expect(text).toContain(
      'LOST /app/web: 2026-10-01 00:00:00 UTC to 2026-10-02 23:59:59 UTC : ' +
        'the retention of the log group removed the events before their export (RetentionExpired)\n' +
        'FAILED /app/db: AccessDeniedException: no permission\nLog groups\n',
    );
    expect(text).toContain(
      'FAILED , AccessDeniedException /app/db – – – –\n' +
        'LOST , the log group was deleted before its export (LogGroupDeleted) /app/old – – – –\nARCHIVED /app/web',
    );
  });

  test('escapes names and messages, and loads nothing', async () => {
    const hostile = `<img src=x onerror="alert('&')">\u202e\u001b[31m`;
    const items = [{ logGroupName: hostile, status: 'FAILED' as const, error: hostile, cause: hostile }];
    const warnings = [{ type: hostile as 'EmptySelection', subject: hostile, message: hostile }];
    const slotHolders = [{ taskId: hostile, logGroupName: hostile, seconds: 1 }];
    const status = { warnings, failed: 1, execution: hostile };
    const { stdout } = await report(await createArchive({ items, status, slotHolders }));
    const escaped = '&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;\u{FFFD}\u{FFFD}[31m';
    expect(stdout.split(escaped)).toHaveLength(11);
    expect(stdout).not.toMatch(/<img|<script|<link|url\(|@import|\bsrc="|\bhref=/);
    expect(stdout).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('shows a period without receipts', async () => {
    const archive = new TestArchive();
    archive.putStatus('2026-10', { failed: 3, status: 'INCOMPLETE', failures: [createEntry({ status: 'FAILED' })] });
    const text = await readText(archive);
    expect(text).toContain('INCOMPLETE as of');
    expect(text).toContain(
      'FAILED /app/web: unknown error\nFAILED 2 more log groups\n' +
        'RECORD the report _log-archiver/runs/report.json of the status does not exist: skipped log groups are not listed\n' +
        'RECORD the status counts 1 archived log groups, and 0 have a valid receipt\n',
    );
    expect(text).toContain('No export has a receipt.\n');
  });

  test('shows receipts that no status counts, and ignores invalid ones', async () => {
    const archive = new TestArchive();
    await archive.createLogGroup();
    await archive.passTo('2026-11-01T13:00:00.000Z');
    await archive.archive({ period: '2026-10', changes: { losses: [LOSS] } });
    await archive.archive({ period: '2026-10', timeZone: 'Asia/Tokyo', changes: { evidence: 'NONE' as 'OBJECTS' } });
    const text = await readText(archive);
    expect(text).toContain('NO STATUS : no archiver has written a valid one.\nArchiver none\n');
    expect(text).toContain('LOST /app/web: 2026-10-01 00:00:00 UTC to 2026-10-02 23:59:59 UTC');
    expect(text).toContain('ARCHIVED , with a loss /app/web 2026-11-01 13:00:00 UTC');
    expect(text).toMatch(
      /RECORD receipt _log-archiver\/receipts\/.* is ignored because it is not valid: evidence must be/,
    );
  });

  test('ignores a status and a report that no archiver can have written', async () => {
    const archive = await createArchive({ items: [{ losses: 'none' as unknown as [] }] });
    expect(await readText(archive)).toContain(
      `RECORD ${REPORT_KEY} is ignored because it is not valid: items[0].losses must be an array, got "none"\n`,
    );
    archive.putStatus('2026-10', { warnings: [{}] as PeriodStatus['warnings'] });
    expect(await readText(archive)).toMatch(
      /RECORD .*\/2026-10.json is ignored because it is not valid: warnings\[0\].type must be a non-empty string, got /,
    );
  });

  test('writes a new file, and prints nothing', async () => {
    const archive = await createArchive();
    const out = join(folder, 'october.html');
    const { stdout } = await report(archive);
    expect(await report(archive, '--out', out)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(readFileSync(out, 'utf8')).toBe(stdout);
  });

  test('replaces no file', async () => {
    const out = join(folder, 'october.html');
    writeFileSync(out, 'mine');
    expect(await report(new TestArchive(), '--out', out)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `error: --out must be a new file, got "${out}", which exists; remove it, or redirect the standard output\n`,
    });
    expect(readFileSync(out, 'utf8')).toBe('mine');
  });

  test('says why the file cannot be written', async () => {
    const out = `${join(folder, 'october')}/`;
    const { exitCode, stderr } = await report(await createArchive(), '--out', out);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error: --out must be a writable path, got "${out}" (E`);
  });

  test('says that the period has no record, and writes no file', async () => {
    const archive = await createArchive();
    const out = join(folder, 'november.html');
    const args = ['report', '--bucket', BUCKET, '--period', '2026-11', '--out', out];
    expect(await runCli(args, archive.aws)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'No archiver has a record of 2026-11.\n',
    });
    expect(existsSync(out)).toBe(false);
  });

  test('selects one of several archivers', async () => {
    const archive = await createArchive();
    archive.putStatus('2026-10', { status: 'EMPTY', archived: 0, reportKey: REPORT_KEY }, 'Other');
    expect(await report(archive)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        `error: --bucket must have one archiver with a record of the period, got 2 (${ACCOUNT} ${REGION} Archiver, ${ACCOUNT} ${REGION} Other); ` +
        'pass --account, --region, --key-prefix or --archiver\n',
    });
    expect(await readText(archive, '--archiver', 'Other')).toContain('Archiver Other\n');
    expect(await report(archive, '--archiver', 'None')).toMatchObject({
      exitCode: 1,
      stderr: 'Archiver None has no record of 2026-10.\n',
    });
  });
});
