import { TABLE_KEY } from '@log-archiver/core';
import type { VerifiedTable } from '@log-archiver/verify-archive/statements/table';
import { ACCOUNT, BUCKET, REGION, TestArchive } from '../archive';
import { runCli } from '../run-cli';

const FAILURE = {
  ...{ logGroupName: '/app/web', period: '2026-09', from: 0, to: 1, status: 'FAILED' as const, losses: [] },
  ...{ error: 'AccessDeniedException', cause: 'no\n\u001b[31mpermission', taskId: null, destinationPrefix: null },
  ...{ leftover: null, storedBytes: null },
};
const LOSS = {
  ...{ logGroupName: '/app/api', cause: 'RetentionExpired' as const, reportedAt: '', execution: '' },
  ...{ from: '2026-08-01T00:00:00.000Z', to: '2026-08-02T00:00:00.000Z' },
};

function status({ aws }: TestArchive, ...args: string[]) {
  return runCli(['status', '--bucket', BUCKET, ...args], aws);
}

describe('status without a verifier', () => {
  function createArchive() {
    const archive = new TestArchive();
    archive.putStatus('2026-06', { status: 'EMPTY' });
    archive.putStatus('2026-07');
    archive.putStatus('2026-08', { status: 'COMPLETE_WITH_LOSS', losses: [LOSS] });
    archive.putStatus('2026-09', { status: 'INCOMPLETE', failed: 3, failures: [FAILURE] });
    return archive;
  }

  test('prints the periods of the archiver, and what is missing', async () => {
    const { exitCode, stdout, stderr } = await status(createArchive());
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toBe(`\
┌────────────┬──────────────┬────────────────┬──────────┬──────────────────────┬────────────────────────────┐
│ status     │ account      │ Region         │ archiver │ last report          │ periods                    │
├────────────┼──────────────┼────────────────┼──────────┼──────────────────────┼────────────────────────────┤
│ INCOMPLETE │ 123456789012 │ ap-northeast-1 │ Archiver │ 2026-10-01 00:00 UTC │ 2026-06 EMPTY              │
│            │              │                │          │                      │ 2026-07 COMPLETE           │
│            │              │                │          │                      │ 2026-08 COMPLETE_WITH_LOSS │
│            │              │                │          │                      │ 2026-09 INCOMPLETE         │
└────────────┴──────────────┴────────────────┴──────────┴──────────────────────┴────────────────────────────┘
Reported by the archivers. No verifier has checked it.
123456789012 ap-northeast-1 2026-09 /app/web: FAILED (AccessDeniedException): no \u{FFFD}[31mpermission
123456789012 ap-northeast-1 2026-09: 2 more log groups FAILED; see _log-archiver/runs/report.json
123456789012 ap-northeast-1 2026-08 /app/api: LOST (RetentionExpired): 2026-08-01T00:00:00.000Z to 2026-08-02T00:00:00.000Z
`);
  });

  test.each([
    ['2026-06', 0],
    ['2026-07', 0],
    ['2026-08', 1],
    ['2026-09', 1],
    ['2026-10', 1],
  ])('has the exit code of the period %s', async (period, expected) => {
    const { exitCode } = await status(createArchive(), '--period', period);
    expect(exitCode).toBe(expected);
  });

  test('prints JSON', async () => {
    const { exitCode, stdout } = await status(createArchive(), '--json', '--period', '2026-09', '--account', ACCOUNT);
    expect(exitCode).toBe(1);
    const place = { account: ACCOUNT, region: REGION, archiver: 'Archiver' };
    expect(JSON.parse(stdout)).toEqual({
      verifiedAt: null,
      archivers: [
        {
          ...{ s3BucketName: BUCKET, ...place, keyPrefix: '', asOf: '2026-10-01T00:00:00.000Z' },
          ...{ status: 'INCOMPLETE', periods: [{ period: '2026-09', status: 'INCOMPLETE' }] },
        },
      ],
      problems: [
        {
          ...{ ...place, period: '2026-09', logGroupName: '/app/web' },
          message: 'FAILED (AccessDeniedException): no\n\u001b[31mpermission',
        },
        {
          ...{ ...place, period: '2026-09', logGroupName: null },
          message: '2 more log groups FAILED; see _log-archiver/runs/report.json',
        },
      ],
    });
  });

  test('says that no archiver has a status', async () => {
    expect(await status(createArchive(), '--period', '2026-10')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'No archiver has a status of 2026-10.\n',
    });
  });

  test('rejects a bucket without an archive', async () => {
    expect(await status(new TestArchive())).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'error: --bucket must contain an archive, got "archive"; pass --key-prefix if the archiver has a keyPrefix of its own\n',
    });
  });
});

describe('status with a verifier', () => {
  function createArchive() {
    const archive = new TestArchive();
    archive.putStatus('2026-08');
    archive.putStatus('2026-09');
    const common = { s3BucketName: BUCKET, isExpected: true, region: REGION, keyPrefix: '' };
    const results = { receipts: 1, findings: 0, verifiedAt: '2026-10-08T06:00:00.000Z' };
    const table: VerifiedTable = {
      ...{ format: 1, s3BucketName: BUCKET, verifiedAt: '2026-10-08T06:00:00.000Z', run: 'run', others: [] },
      archivers: [
        {
          ...{
            ...common,
            account: ACCOUNT,
            archiver: 'Archiver',
            status: 'TAMPERED',
            asOf: '2026-10-08T03:00:00.000Z',
          },
          periods: [
            { ...results, period: '2026-09', status: 'TAMPERED', findings: 1 },
            { ...results, period: '2026-08', status: 'COMPLETE' },
          ],
        },
        {
          ...{ ...common, account: '210987654321', archiver: null, keyPrefix: null, status: 'MISSING', asOf: null },
          periods: [],
        },
      ],
    };
    archive.aws.buckets.putObject(BUCKET, TABLE_KEY, JSON.stringify(table));
    archive.aws.buckets.putObject(
      BUCKET,
      `_verified/statements/${ACCOUNT}/${REGION}/Archiver/2026-09.json`,
      JSON.stringify({ firstFindings: [{ type: 'ObjectsMissing', key: 'k', message: 'folder must have 2 objects' }] }),
    );
    return archive;
  }

  test('prints the table of the verifier, and its findings', async () => {
    const { exitCode, stdout } = await status(createArchive());
    expect(exitCode).toBe(1);
    expect(stdout).toBe(`\
┌──────────┬──────────────┬────────────────┬──────────┬──────────────────────┬──────────────────┐
│ status   │ account      │ Region         │ archiver │ last report          │ periods          │
├──────────┼──────────────┼────────────────┼──────────┼──────────────────────┼──────────────────┤
│ TAMPERED │ 123456789012 │ ap-northeast-1 │ Archiver │ 2026-10-08 03:00 UTC │ 2026-08 COMPLETE │
│          │              │                │          │                      │ 2026-09 TAMPERED │
│ MISSING  │ 210987654321 │ ap-northeast-1 │ -        │ -                    │                  │
└──────────┴──────────────┴────────────────┴──────────┴──────────────────────┴──────────────────┘
Verified at 2026-10-08 06:00 UTC.
123456789012 ap-northeast-1 2026-09: ObjectsMissing: folder must have 2 objects
210987654321 ap-northeast-1: no archiver has ever reported
`);
  });

  test('is successful for a complete period of an account', async () => {
    const { exitCode } = await status(createArchive(), '--period', '2026-08', '--account', ACCOUNT);
    expect(exitCode).toBe(0);
  });
});
