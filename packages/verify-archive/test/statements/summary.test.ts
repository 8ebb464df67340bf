import type { VerifiedStatus } from '@log-archiver/core';
import { summarize } from '../../src/statements/summary';
import type { OtherTable, TableArchiver, VerifiedTable } from '../../src/statements/table';

const PLACE = { account: '111111111111', region: 'eu-west-1' };

function createArchiver(status: VerifiedStatus, changes: Partial<TableArchiver> = {}): TableArchiver {
  return {
    ...PLACE,
    ...{ s3BucketName: 'archive', isExpected: true },
    ...{ archiver: 'Archiver', keyPrefix: '111111111111/eu-west-1', status, asOf: '2026-11-07T03:00:00.000Z' },
    periods: [
      {
        period: '2026-10',
        status: status as 'COMPLETE',
        receipts: 1,
        findings: 0,
        verifiedAt: '2026-11-08T06:00:00.000Z',
      },
    ],
    ...changes,
  };
}

function summarizeAll(archivers: TableArchiver[], unverified = 0, others: OtherTable[] = []) {
  const table: VerifiedTable = {
    format: 1,
    s3BucketName: 'archive',
    verifiedAt: '2026-11-08T06:00:00.000Z',
    run: 'run-1',
    others,
    archivers,
  };
  return summarize(table, unverified);
}

it.each<VerifiedStatus>(['COMPLETE', 'COMPLETE_WITH_LOSS', 'EMPTY'])('verifies an archiver with %s', (status) => {
  expect(summarizeAll([createArchiver(status)])).toMatchObject({
    status: 'VERIFIED',
    atFault: 0,
    archivers: { [status]: 1 },
    cause: null,
    notification: null,
  });
});

it.each<VerifiedStatus>(['TAMPERED', 'MISSING', 'INCOMPLETE', 'STALE'])('blames an archiver with %s', (status) => {
  expect(summarizeAll([createArchiver(status)])).toMatchObject({ status: 'NOT_VERIFIED', atFault: 1 });
});

it.each<[VerifiedStatus, number]>([
  ['TAMPERED', 1],
  ['INCOMPLETE', 0],
  ['STALE', 0],
])('of an archiver with %s that is not expected, blames %i', (status, atFault) => {
  expect(summarizeAll([createArchiver(status, { isExpected: false })])).toMatchObject({ atFault });
});

it('is not verified if a period could not be verified', () => {
  const summary = summarizeAll([createArchiver('COMPLETE')], 1);
  expect(summary).toMatchObject({
    status: 'NOT_VERIFIED',
    ...{ atFault: 0, unverified: 1 },
    cause: '1 period could not be verified. See s3://archive/_verified/table.html.',
  });
});

it('is not verified if another verifier is late', () => {
  const others: OtherTable[] = [
    { s3BucketName: 'one', verifiedAt: '2026-09-08T06:00:00.000Z', isLate: true },
    { s3BucketName: 'two', verifiedAt: null, isLate: true },
    { s3BucketName: 'three', verifiedAt: '2026-11-08T06:00:00.000Z', isLate: false },
  ];
  expect(summarizeAll([], 0, others)).toMatchObject({
    ...{ status: 'NOT_VERIFIED', lateVerifiers: 2 },
    cause:
      '2 other verifiers have no new table. LATE one: its verifier ran last at 2026-09-08T06:00:00.000Z. ' +
      'LATE two: its verifier has written no table. See s3://archive/_verified/table.html.',
  });
});

it('notifies of the worst archivers first', () => {
  const { cause, notification } = summarizeAll(
    [
      createArchiver('TAMPERED', {
        periods: [
          { period: '2026-10', status: 'COMPLETE', receipts: 1, findings: 0, verifiedAt: '' },
          { period: '2026-09', status: 'TAMPERED', receipts: 1, findings: 2, verifiedAt: '' },
        ],
      }),
      createArchiver('MISSING', { account: '222222222222', archiver: null, periods: [] }),
      createArchiver('INCOMPLETE'),
      createArchiver('STALE'),
      createArchiver('COMPLETE'),
    ],
    2,
  );
  expect(cause).toBe(
    '4 archivers are at fault, 2 periods could not be verified. ' +
      'TAMPERED 111111111111 eu-west-1 Archiver: 2026-09 (2 findings). ' +
      'MISSING 222222222222 eu-west-1: no archiver has reported. ' +
      'INCOMPLETE 111111111111 eu-west-1 Archiver: 2026-10. And 1 more. See s3://archive/_verified/table.html.',
  );
  expect(notification).toEqual({
    subject: 'LogArchiver: 6 faults in archive',
    message: `The archive in archive is not verified: 4 archivers are at fault, 2 periods could not be verified.

Archivers: TAMPERED 1, MISSING 1, INCOMPLETE 1, STALE 1, COMPLETE 1.

Worst first:
TAMPERED 111111111111 eu-west-1 Archiver: 2026-09 (2 findings).
MISSING 222222222222 eu-west-1: no archiver has reported.
INCOMPLETE 111111111111 eu-west-1 Archiver: 2026-10.
STALE 111111111111 eu-west-1 Archiver: last report at 2026-11-07T03:00:00.000Z.

Run: run-1
Table: s3://archive/_verified/table.html
What to do: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#archivenotverified`,
  });
});

it('limits the message and the cause, whatever the number of archivers and periods', () => {
  const periods = Array.from({ length: 3_650 }, (_, day) => ({
    ...{ period: `day ${day}`, status: 'TAMPERED' as const, receipts: 1, findings: 1, verifiedAt: '' },
  }));
  const archivers = Array.from({ length: 500 }, () =>
    createArchiver('TAMPERED', { archiver: 'A'.repeat(80), periods }),
  );
  const { cause, notification } = summarizeAll(archivers);
  expect(cause?.length).toBeLessThan(1_024);
  expect(notification?.message.length).toBeLessThan(16_384);
  expect(notification?.message).toContain('day 5 (1 finding) and 3644 more.\nAnd 480 more.');
});

it('has a subject that Amazon SNS accepts, whatever the name of the bucket', () => {
  const archivers = Array.from({ length: 10_000 }, () => createArchiver('TAMPERED'));
  const table: VerifiedTable = {
    ...{ format: 1, s3BucketName: 'b'.repeat(63), verifiedAt: '', run: '', others: [] },
    archivers,
  };
  expect(summarize(table, 0).notification?.subject.length).toBeLessThan(100);
});
