import { createHash, createPublicKey, verify } from 'node:crypto';
import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import {
  type FolderItem,
  NO_ARCHIVER,
  statementKey,
  TABLE_KEY,
  TABLE_PAGE_KEY,
  type WriteStatementsRequest,
} from '@log-archiver/core';
import { type LocalAws, throttled } from '@log-archiver/local-aws';
import type { Clients } from '../../src/clients';
import { foldersKey } from '../../src/keys';
import { planVerification } from '../../src/plan/plan-verification';
import { verifyReceipts } from '../../src/receipts/verify-receipts';
import type { Statement } from '../../src/statements/statement';
import type { VerifiedTable } from '../../src/statements/table';
import { writeStatements } from '../../src/statements/write-statements';
import {
  ACCOUNT,
  archive,
  BUCKET,
  FOLDER,
  KEY_PREFIX,
  PLACE,
  putStatus,
  REGION,
  RUN,
  readJson,
  STATUS_KEY,
  startArchive,
} from '../archive';

const EXPECTED = { account: ACCOUNT, region: REGION };

let aws: LocalAws;
let clients: Clients;
let signingKey: string;
let runs: number;
beforeEach(() => {
  ({ aws, clients, signingKey } = startArchive());
  runs = 0;
});

/** Plans and verifies a run a minute after what was archived, without its statements. */
async function verifyRun({ skip = '' } = {}) {
  await aws.clock.moveTo(aws.clock.now() + 60_000);
  runs += 1;
  const run = { id: `${RUN.id}-${runs}`, startedAt: new Date(aws.clock.now()).toISOString() };
  await planVerification({ run, keyPrefixes: null, verifyEveryDays: 92, runEveryDays: 1 }, BUCKET, clients);
  for (const { folder } of readJson<FolderItem[]>(aws, foldersKey(run))) {
    const items = aws.buckets
      .listObjects(BUCKET, folder)
      .filter((Key) => Key !== skip)
      .map((Key) => ({ Key, Size: aws.buckets.getObject(BUCKET, Key).length }));
    await verifyReceipts({ run, folder, items, retentionDays: null, progress: null }, BUCKET, clients);
  }
  return run;
}

/** Plays a whole run, and returns the table. */
async function play(changes: Partial<WriteStatementsRequest> & { skip?: string } = {}) {
  const run = await verifyRun(changes);
  const request = { run, verifier: 'Verifier', expect: [], otherBuckets: [], signingKey, progress: null, ...changes };
  const response = await writeStatements(request, BUCKET, clients);
  return { run, response, table: readJson<VerifiedTable>(aws, TABLE_KEY) };
}

const readStatement = (archiver = 'Archiver') => readJson<Statement>(aws, statementKey({ ...PLACE, archiver }));

/** Removes the objects whose keys start so, as their owner can. */
function remove(...starts: string[]) {
  for (const key of aws.buckets.listObjects(BUCKET).filter((each) => starts.some((start) => each.startsWith(start)))) {
    aws.buckets.deleteObject(BUCKET, key);
  }
}

describe('a statement', () => {
  it('describes an archive that matches its records', async () => {
    const { key } = archive(aws);
    putStatus(aws, { receipts: [key] });
    const { run } = await play();
    expect(readStatement()).toEqual({
      format: 1,
      s3BucketName: BUCKET,
      ...PLACE,
      archiver: 'Archiver',
      status: 'COMPLETE',
      reported: {
        ...{ status: 'COMPLETE', archived: 1, failed: 0, lost: 0, losses: 0, asOf: '2026-11-08T06:00:00.000Z' },
        execution: `arn:aws:states:${REGION}:${ACCOUNT}:execution:Archiver:daily`,
      },
      receipts: 1,
      maxReceipts: 1,
      receiptsDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      verified: { receipts: 1, expired: 0, objects: 2, bytes: 11 },
      findings: 0,
      firstFindings: [],
      verifiedAt: run.startedAt,
      run: run.id,
    });
  });

  it.each(['COMPLETE_WITH_LOSS', 'INCOMPLETE', 'EMPTY'] as const)('repeats the status %s', async (status) => {
    putStatus(aws, { status, archived: 0 });
    await play();
    expect(readStatement().status).toBe(status);
  });

  it('has status INCOMPLETE if no archiver has a status', async () => {
    archive(aws);
    await play();
    expect(readStatement(NO_ARCHIVER)).toMatchObject({
      archiver: null,
      status: 'INCOMPLETE',
      reported: null,
      receipts: 1,
    });
  });

  it.each(['COMPLETE', 'INCOMPLETE'] as const)('has status TAMPERED for %s with a finding', async (status) => {
    const { folder } = archive(aws);
    putStatus(aws, { status });
    aws.buckets.putObject(BUCKET, `${folder}c/000000.gz`, 'third');
    await play();
    expect(readStatement()).toMatchObject({
      status: 'TAMPERED',
      reported: { status },
      findings: 1,
      firstFindings: [{ type: 'ObjectsAdded' }],
    });
  });

  it('is written for each archiver of a period', async () => {
    archive(aws);
    putStatus(aws);
    putStatus(aws, { archiver: 'Other', status: 'INCOMPLETE' });
    await play();
    expect([readStatement().status, readStatement('Other').status]).toEqual(['COMPLETE', 'INCOMPLETE']);
  });

  it.each(['text', '{}', '{"format":2,"period":"2026-09"}'])(
    'has a finding of type StatusInvalid for the status %s',
    async (status) => {
      aws.buckets.putObject(BUCKET, STATUS_KEY, status);
      await play();
      expect(readStatement()).toMatchObject({
        status: 'TAMPERED',
        reported: null,
        firstFindings: [{ type: 'StatusInvalid', key: STATUS_KEY }],
      });
    },
  );

  it.each(['text', '{}', 'null'])('has a finding of type StatusInvalid for the list %s', async (list) => {
    archive(aws);
    putStatus(aws);
    const key = STATUS_KEY.replace('.json', '.receipts.json');
    aws.buckets.putObject(BUCKET, key, list);
    await play();
    expect(readStatement().firstFindings).toMatchObject([{ type: 'StatusInvalid', key }]);
  });

  it('has the first 100 findings and the number of all', async () => {
    const receipts = Array.from({ length: 150 }, (_, index) => `${FOLDER}x${1_000 + index}@00000000.json`);
    putStatus(aws, { archived: 0, receipts });
    await play();
    const { findings, firstFindings } = readStatement();
    expect([findings, firstFindings.length]).toEqual([101, 100]);
  });

  it('keeps its digest of the receipts while they do not change', async () => {
    archive(aws);
    putStatus(aws);
    await play();
    const { receiptsDigest } = readStatement();
    putStatus(aws, { failed: 1, status: 'INCOMPLETE' });
    await play();
    expect(readStatement()).toMatchObject({ status: 'INCOMPLETE', receiptsDigest });
    archive(aws, { logGroupName: '/app/api' });
    putStatus(aws, { archived: 2 });
    await play();
    expect(readStatement().receiptsDigest).not.toBe(receiptsDigest);
  });
});

describe('a finding of type ReceiptMissing', () => {
  it('names a receipt that the archiver has counted', async () => {
    const { key } = archive(aws);
    putStatus(aws, { receipts: [key, `${FOLDER}gone@00000000.json`] });
    await play();
    expect(readStatement().firstFindings).toMatchObject([
      { type: 'ReceiptMissing', message: 'the archiver has counted gone@00000000.json, which does not exist' },
    ]);
  });

  it('does not name an object that the archiver did not count', async () => {
    archive(aws);
    putStatus(aws);
    const receipts = { 'gone@00000000.json': { invalid: 'receipt must be JSON', etag: 'x' } };
    aws.buckets.putObject(BUCKET, STATUS_KEY.replace('.json', '.receipts.json'), JSON.stringify({ receipts }));
    await play();
    expect(readStatement().status).toBe('COMPLETE');
  });

  it('does not stay after an object that is not a receipt was removed', async () => {
    archive(aws);
    putStatus(aws);
    const key = `${FOLDER}other.json`;
    aws.buckets.putObject(BUCKET, key, 'text');
    await play();
    expect(readStatement()).toMatchObject({ status: 'TAMPERED', receipts: 1, findings: 1 });
    remove(key);
    putStatus(aws, { skipped: { CreatedLater: 1 }, failed: 1, status: 'INCOMPLETE' });
    await play();
    expect(readStatement()).toMatchObject({ status: 'INCOMPLETE', receipts: 1, findings: 0 });
  });

  it('compares the number of log groups if the archiver keeps no list', async () => {
    archive(aws);
    archive(aws, { forcedAt: '2026-11-02T03:00:00.000Z' });
    putStatus(aws, { archived: 2 });
    await play();
    expect(readStatement().firstFindings).toMatchObject([
      {
        type: 'ReceiptMissing',
        key: STATUS_KEY,
        message: 'the status counts 2 archived log groups, and 1 have a receipt',
      },
    ]);
  });

  it('stays in later statements after receipts and list were removed', async () => {
    const { key } = archive(aws);
    putStatus(aws, { receipts: [key] });
    await play();
    remove(key);
    for (const failed of [1, 2]) {
      putStatus(aws, { archived: 0, failed, receipts: [] });
      await play();
      expect(readStatement()).toMatchObject({
        receipts: 0,
        maxReceipts: 1,
        firstFindings: [{ type: 'ReceiptMissing', message: expect.stringContaining('must have 1 receipts') }],
      });
    }
  });
});

describe('a finding of type ReceiptReplaced', () => {
  it.each([
    ['another', 'x', 'TAMPERED'],
    ['the same', undefined, 'COMPLETE'],
  ])('depends on the ETag that the archiver has seen: %s', async (_, seen, status) => {
    const { key, text } = archive(aws);
    putStatus(aws);
    const etag = seen ?? createHash('md5').update(text).digest('hex');
    const receipts = { [key.slice(FOLDER.length)]: { etag } };
    aws.buckets.putObject(BUCKET, STATUS_KEY.replace('.json', '.receipts.json'), JSON.stringify({ receipts }));
    await play();
    expect(readStatement()).toMatchObject({
      status,
      firstFindings: status === 'COMPLETE' ? [] : [{ type: 'ReceiptReplaced' }],
    });
  });
});

it('reports a period whose records were all removed', async () => {
  archive(aws);
  putStatus(aws);
  await play();
  remove(KEY_PREFIX);
  await aws.clock.moveTo('2027-03-01T00:00:00.000Z');
  const { table } = await play();
  expect(readStatement().firstFindings.map(({ type }) => type)).toEqual(['StatusMissing', 'ReceiptMissing']);
  expect(table.archivers).toMatchObject([{ status: 'TAMPERED' }]);
});

describe('a receipt without a result', () => {
  it('leaves the earlier statement in force', async () => {
    archive(aws);
    putStatus(aws);
    await play();
    const { key } = archive(aws, { logGroupName: '/app/api' });
    putStatus(aws, { archived: 2 });
    const { response } = await play({ skip: key });
    expect(response).toMatchObject({ isDone: true, progress: { periods: 1, unverified: 1 } });
    expect(readStatement()).toMatchObject({ receipts: 1 });
    expect((await play()).response.progress).toEqual({ periods: 1, unverified: 0 });
    expect(readStatement()).toMatchObject({ receipts: 2 });
  });

  it('is no reason to write no statement if it was written after the start of the run', async () => {
    archive(aws);
    putStatus(aws);
    const run = await verifyRun();
    archive(aws, { logGroupName: '/app/api' });
    await writeStatements(
      { run, verifier: 'Verifier', expect: [], otherBuckets: [], signingKey, progress: null },
      BUCKET,
      clients,
    );
    expect(readStatement()).toMatchObject({ receipts: 2, verified: { receipts: 1 }, findings: 0 });
  });
});

describe('a signature', () => {
  const readFile = (key: string) => aws.buckets.getObject(BUCKET, key);

  it.each([
    ['statement', statementKey({ ...PLACE, archiver: 'Archiver' })],
    ['table', TABLE_KEY],
  ])('is that of the %s with the key', async (_name, key) => {
    archive(aws);
    putStatus(aws);
    await play();
    const { PublicKey } = await clients.kms.send(new GetPublicKeyCommand({ KeyId: signingKey }));
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey as Uint8Array), type: 'spki', format: 'der' });
    expect(verify('sha256', readFile(key), publicKey, readFile(`${key}.sig`))).toBe(true);
  });

  it('passes the digest to KMS', async () => {
    archive(aws);
    putStatus(aws);
    aws.faults.injectNext('Sign', throttled);
    await play();
    const calls = aws.requestHandler.calls.filter(({ operation }) => operation === 'Sign');
    expect(calls).toHaveLength(3);
    const Message = createHash('sha256')
      .update(readFile(statementKey({ ...PLACE, archiver: 'Archiver' })))
      .digest('base64');
    expect(calls[1]?.input).toMatchObject({ Message, MessageType: 'DIGEST' });
  });
});

describe('the table', () => {
  it('has the periods of each archiver, newest first, with the worst status', async () => {
    archive(aws);
    putStatus(aws);
    const september = { ...PLACE, period: '2026-09' };
    archive(aws, { place: september });
    putStatus(aws, { place: september, status: 'INCOMPLETE' });
    const { response, table } = await play({ expect: [EXPECTED] });
    expect(table.archivers).toMatchObject([
      {
        ...EXPECTED,
        archiver: 'Archiver',
        keyPrefix: KEY_PREFIX,
        status: 'INCOMPLETE',
        asOf: '2026-11-08T06:00:00.000Z',
        periods: [
          { period: '2026-10', status: 'COMPLETE', receipts: 1, findings: 0 },
          { period: '2026-09', status: 'INCOMPLETE' },
        ],
      },
    ]);
    expect(response.summary).toMatchObject({ archivers: { INCOMPLETE: 1, COMPLETE: 0 } });
  });

  it('has status MISSING for an expected archiver that never reported', async () => {
    const { table, response } = await play({ expect: [{ account: '222222222222', region: 'us-east-1' }] });
    expect(table.archivers).toEqual([
      {
        ...{ s3BucketName: BUCKET, isExpected: true },
        ...{ account: '222222222222', region: 'us-east-1', archiver: null, keyPrefix: null },
        ...{ status: 'MISSING', asOf: null, periods: [] },
      },
    ]);
    expect(response.summary).toMatchObject({ archivers: { MISSING: 1 } });
  });

  it.each([
    [3, 'COMPLETE'],
    [4, 'STALE'],
  ])('after %i days without a report has status %s', async (days, status) => {
    archive(aws);
    putStatus(aws);
    await aws.clock.moveTo(aws.clock.now() + days * 86_400_000 - 120_000);
    expect((await play({ expect: [EXPECTED] })).table.archivers).toMatchObject([{ status }]);
    expect((await play()).table.archivers).toMatchObject([{ status: 'COMPLETE' }]);
  });

  it('is not STALE while an archiver reports a period that is not verified again', async () => {
    archive(aws);
    putStatus(aws);
    await play();
    await aws.clock.moveTo('2026-11-20T06:00:00.000Z');
    putStatus(aws);
    const { table } = await play({ expect: [EXPECTED] });
    expect(table.archivers).toMatchObject([{ status: 'COMPLETE', asOf: '2026-11-20T06:00:00.000Z' }]);
    expect(readStatement().run).toBe('run-1-1');
  });

  it('has no period without an archiver that an archiver has reported since', async () => {
    archive(aws);
    await play();
    expect((await play()).table.archivers).toMatchObject([{ archiver: null, status: 'INCOMPLETE' }]);
    putStatus(aws);
    expect((await play()).table.archivers).toMatchObject([{ archiver: 'Archiver', status: 'COMPLETE' }]);
  });

  it('has an archiver whose periods are not verified yet', async () => {
    const { key } = archive(aws);
    putStatus(aws);
    const { table } = await play({ skip: key, expect: [EXPECTED] });
    expect(table.archivers).toMatchObject([{ archiver: 'Archiver', status: 'INCOMPLETE', periods: [] }]);
  });

  it('has the worst archivers first', async () => {
    for (const [index, status] of (['COMPLETE', 'EMPTY', 'INCOMPLETE', 'COMPLETE_WITH_LOSS'] as const).entries()) {
      putStatus(aws, { archiver: `Archiver${index}`, status, archived: 0 });
    }
    putStatus(aws, { archiver: 'Tampered', status: 'COMPLETE', archived: 5 });
    const { table } = await play({ expect: [{ account: '222222222222', region: REGION }] });
    expect(table.archivers.map(({ status }) => status)).toEqual([
      ...['TAMPERED', 'MISSING', 'INCOMPLETE', 'COMPLETE_WITH_LOSS', 'COMPLETE', 'EMPTY'],
    ]);
  });
});

describe('a table with the tables of other verifiers', () => {
  const OTHER: VerifiedTable = {
    ...{ format: 1, s3BucketName: 'other', verifiedAt: '2026-10-08T06:00:00.000Z', run: 'run-0' },
    others: [],
    archivers: ['other', BUCKET].map((s3BucketName) => ({
      ...{ s3BucketName, isExpected: true, account: '222222222222', region: 'us-east-1', archiver: 'Other' },
      ...{ keyPrefix: '222222222222/us-east-1', status: 'INCOMPLETE', asOf: null, periods: [] },
    })),
  };

  beforeEach(() => aws.buckets.createBucket('other'));

  it('has the archivers of the other bucket, which are at fault as well', async () => {
    aws.buckets.putObject('other', TABLE_KEY, JSON.stringify(OTHER));
    archive(aws);
    putStatus(aws);
    const { response, table } = await play({ otherBuckets: ['other'] });
    expect(table.others).toEqual([{ s3BucketName: 'other', verifiedAt: '2026-10-08T06:00:00.000Z', isLate: false }]);
    expect(table.archivers.map(({ s3BucketName, status }) => [s3BucketName, status])).toEqual([
      ['other', 'INCOMPLETE'],
      [BUCKET, 'COMPLETE'],
    ]);
    expect(response.summary).toMatchObject({ status: 'NOT_VERIFIED', atFault: 1, lateVerifiers: 0 });
  });

  it.each([
    ['no table', undefined, null],
    ['a table of more than 40 days ago', '2026-09-08T06:00:00.000Z', '2026-09-08T06:00:00.000Z'],
  ])('reports another verifier with %s as late', async (_name, time, verifiedAt) => {
    if (time !== undefined) {
      aws.buckets.putObject('other', TABLE_KEY, JSON.stringify({ ...OTHER, verifiedAt: time, archivers: [] }));
    }
    const { response, table } = await play({ otherBuckets: ['other'] });
    expect(table.others).toEqual([{ s3BucketName: 'other', verifiedAt, isLate: true }]);
    expect(response.summary).toMatchObject({ status: 'NOT_VERIFIED', lateVerifiers: 1 });
  });
});

it('continues in the next invocation', async () => {
  for (let month = 1; month <= 9; month++) {
    for (const account of ['111111111111', '222222222222', '333333333333']) {
      const place = { account, region: REGION, keyPrefix: account, period: `2026-0${month}` };
      putStatus(aws, { place, archived: 0 });
    }
  }
  const run = await verifyRun();
  const slow: Clients = { ...clients, now: () => aws.clock.now() + aws.requestHandler.calls.length * 60_000 };
  let progress: WriteStatementsRequest['progress'] = null;
  let calls = 0;
  for (let isDone = false; !isDone; calls++) {
    ({ isDone, progress } = await writeStatements(
      { run, verifier: 'Verifier', expect: [], otherBuckets: [], signingKey, progress },
      BUCKET,
      slow,
    ));
  }
  expect(calls).toBe(4);
  expect(readJson<VerifiedTable>(aws, TABLE_KEY).archivers.flatMap(({ periods }) => periods)).toHaveLength(27);
});

it('writes the page next to the table', async () => {
  archive(aws);
  putStatus(aws);
  await play();
  expect(aws.buckets.getObject(BUCKET, TABLE_PAGE_KEY).toString()).toContain('COMPLETE');
});
