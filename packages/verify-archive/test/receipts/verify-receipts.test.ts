import { MAX_RECEIPT_BYTES, sha256, type VerifyReceiptsRequest } from '@log-archiver/core';
import { type LocalAws, throttled } from '@log-archiver/local-aws';
import type { Clients } from '../../src/clients';
import { resultsPrefix } from '../../src/keys';
import { verifyReceipts } from '../../src/receipts/verify-receipts';
import type { BatchResults } from '../../src/run-files';
import { archive, BUCKET, FOLDER, PLACE, RUN, readJson, startArchive } from '../archive';

let aws: LocalAws;
let clients: Clients;
beforeEach(() => {
  ({ aws, clients } = startArchive());
});

function createRequest(changes: Partial<VerifyReceiptsRequest> = {}): VerifyReceiptsRequest {
  const items = aws.buckets
    .listObjects(BUCKET, FOLDER)
    .map((Key) => ({ Key, Size: aws.buckets.getObject(BUCKET, Key).length }));
  return { run: RUN, folder: FOLDER, items, retentionDays: null, progress: null, ...changes };
}

/** Verifies all receipts of the folder, and returns the results in S3. */
async function verify(changes: Partial<VerifyReceiptsRequest> = {}): Promise<BatchResults> {
  expect(await verifyReceipts(createRequest(changes), BUCKET, clients)).toMatchObject({ isDone: true });
  const [key = ''] = aws.buckets.listObjects(BUCKET, resultsPrefix(RUN, FOLDER));
  return readJson(aws, key);
}

const put = (key: string, body: string) => aws.buckets.putObject(BUCKET, key, body);

describe('verifyReceipts', () => {
  it('finds nothing in an archive that matches its receipts', async () => {
    archive(aws);
    archive(aws, { logGroupName: '/app/api', objects: {} });
    archive(aws, { logGroupName: `/${'long'.repeat(100)}`, objects: { a: 'x' } });
    archive(aws, { forcedAt: '2026-11-02T03:00:00.000Z' });
    expect(await verify()).toEqual({ format: 1, receipts: 4, expired: 0, objects: 5, bytes: 23, findings: [] });
  });

  it.each(['aws-logs-write-test', 'aws-logs-write-test-multipartupload'])(
    'ignores the object %s, with which AWS tests its permission',
    async (name) => {
      const { folder } = archive(aws);
      put(`${folder}${name}`, 'Permission Check Successful');
      expect(await verify()).toMatchObject({ objects: 2, findings: [] });
    },
  );

  it('writes the same results when it is called again', async () => {
    archive(aws);
    await verify();
    await verify();
    expect(aws.buckets.listObjects(BUCKET, resultsPrefix(RUN, FOLDER))).toHaveLength(1);
  });

  it('retries calls that S3 throttles', async () => {
    archive(aws);
    aws.faults.injectNext('ListObjectsV2', throttled);
    aws.faults.injectNext('GetObject', throttled);
    expect(await verify()).toMatchObject({ receipts: 1, findings: [] });
  });
});

describe('a finding', () => {
  it('has type ObjectsAdded if a task has an object more', async () => {
    const { key, folder } = archive(aws);
    put(`${folder}c/000000.gz`, 'third');
    expect((await verify()).findings).toEqual([
      {
        type: 'ObjectsAdded',
        key,
        message: expect.stringMatching(/must have 2 objects, 11 bytes, .*, got 3 objects, 16 bytes, .* c\/000000\.gz/),
      },
    ]);
  });

  it('has type ObjectsMissing if a task has an object less', async () => {
    const { receipt } = archive(aws, { objects: { a: 'first' } });
    const [task] = receipt.tasks;
    archive(aws, {
      objects: { a: 'first' },
      changes: { tasks: [{ ...task, objects: 2 } as never] },
    });
    expect((await verify()).findings).toMatchObject([{ type: 'ObjectsMissing' }]);
  });

  it('has type ObjectsReplaced if an object of the same size has other contents', async () => {
    const { folder } = archive(aws);
    put(`${folder}a/000000.gz`, 'FIRST');
    expect((await verify()).findings).toMatchObject([{ type: 'ObjectsReplaced' }]);
  });

  it.each(['bytes', 'firstObject', 'lastObject'])('has type ObjectsReplaced if %s differs', async (field) => {
    const { receipt } = archive(aws);
    const value = field === 'bytes' ? 12 : 'x/000000.gz';
    archive(aws, { changes: { tasks: [{ ...receipt.tasks[0], [field]: value } as never] } });
    expect((await verify()).findings).toMatchObject([{ type: 'ObjectsReplaced' }]);
  });

  it.each([
    ['that is not JSON', 'text', 'receipt must be JSON'],
    ['without names', '{}', 'logGroupName and destinationPrefix must be strings'],
    ['that is null', 'null', 'logGroupName and destinationPrefix must be strings'],
  ])('has type ReceiptInvalid for a receipt %s', async (_, text, message) => {
    const { key } = archive(aws);
    put(key, text);
    expect((await verify()).findings).toEqual([
      { type: 'ReceiptInvalid', key, message: expect.stringContaining(message) },
    ]);
  });

  it('has type ReceiptInvalid for a receipt that was copied from another log group', async () => {
    const { text } = archive(aws, { logGroupName: '/app/api' });
    const { key } = archive(aws);
    put(key, text);
    expect((await verify()).findings).toMatchObject([{ type: 'ReceiptInvalid', key }]);
  });

  it('has type ReceiptInvalid for a receipt that was copied to the key of a forced run', async () => {
    const { text } = archive(aws);
    const { key } = archive(aws, { forcedAt: '2026-11-02T03:00:00.000Z' });
    put(key, text);
    expect((await verify()).findings).toMatchObject([
      { type: 'ReceiptInvalid', key, message: 'forced must be true, got false' },
    ]);
  });

  it('has type ReceiptInvalid for objects of another period', async () => {
    archive(aws, { changes: { destinationPrefix: '111111111111/eu-west-1/2026/09/app/web' } });
    expect((await verify()).findings).toMatchObject([
      { type: 'ReceiptInvalid', message: expect.stringContaining('destinationPrefix must start with') },
    ]);
  });

  it.each(['other.json', 'UTC/deeper/x@00000000.json'])('has type ReceiptInvalid for the key %s', async (name) => {
    const { text } = archive(aws);
    put(`${FOLDER}${name}`, text);
    const { findings } = await verify();
    expect(findings).toMatchObject([{ type: 'ReceiptInvalid', key: `${FOLDER}${name}` }]);
  });

  it('has type ReceiptInvalid for an object that is too large, without reading it', async () => {
    const { key } = archive(aws);
    await verifyReceipts(createRequest({ items: [{ Key: key, Size: MAX_RECEIPT_BYTES + 1 }] }), BUCKET, clients);
    expect(aws.requestHandler.calls.map(({ operation }) => operation)).toEqual(['PutObject']);
    const [results = ''] = aws.buckets.listObjects(BUCKET, resultsPrefix(RUN, FOLDER));
    expect(readJson(aws, results)).toMatchObject({ findings: [{ type: 'ReceiptInvalid' }] });
  });

  it('has type ReceiptMissing if the receipt was removed after it was listed', async () => {
    const { findings } = await verify({ items: [{ Key: `${FOLDER}x@00000000.json`, Size: 1 }] });
    expect(findings).toMatchObject([{ type: 'ReceiptMissing' }]);
  });
});

describe('the receipt of the period before', () => {
  const september = { ...PLACE, period: '2026-09' };

  it.each([null, '2026-10-02T03:00:00.000Z'])(
    'is not a finding if it has the recorded SHA-256, forced at %s',
    async (forcedAt) => {
      const { key, text } = archive(aws, { place: september, forcedAt });
      archive(aws, { changes: { previous: { key, sha256: sha256(text) } } });
      expect(await verify()).toMatchObject({ receipts: 1, findings: [] });
    },
  );

  it('can be that of the day before', async () => {
    const day = { ...PLACE, period: '2026-11-01' };
    const { key, text } = archive(aws, { place: { ...PLACE, period: '2026-10-31' } });
    archive(aws, { place: day, changes: { previous: { key, sha256: sha256(text) } } });
    const folder = FOLDER.replace('2026-10', day.period);
    const items = aws.buckets.listObjects(BUCKET, folder).map((Key) => ({ Key, Size: 1 }));
    expect(await verify({ items })).toMatchObject({ receipts: 1, findings: [] });
  });

  it('is a finding of type PreviousChanged if it has another SHA-256', async () => {
    const previous = archive(aws, { place: september });
    const { key } = archive(aws, { changes: { previous: { key: previous.key, sha256: sha256('other') } } });
    expect((await verify()).findings).toMatchObject([{ type: 'PreviousChanged', key }]);
  });

  it('is a finding of type PreviousMissing if it does not exist', async () => {
    const { key } = archive(aws);
    const previous = { key: key.replace('2026-10', '2026-09'), sha256: sha256('') };
    archive(aws, { changes: { previous } });
    expect((await verify()).findings).toMatchObject([{ type: 'PreviousMissing', key }]);
  });

  it.each([
    ['period', { period: '2026-08' }, '/app/web'],
    ['log group', { period: '2026-09' }, '/app/api'],
    ['account', { period: '2026-09', account: '222222222222', keyPrefix: '222222222222' }, '/app/web'],
  ])('is a finding of type PreviousChanged, and is not read, if it has another %s', async (_, place, logGroupName) => {
    const { key, text } = archive(aws, { place: { ...PLACE, ...place }, logGroupName });
    archive(aws, { changes: { previous: { key, sha256: sha256(text) } } });
    expect((await verify()).findings).toMatchObject([{ type: 'PreviousChanged' }]);
    expect(aws.requestHandler.calls.filter(({ operation }) => operation === 'GetObject')).toHaveLength(1);
  });
});

describe('a retention of the bucket', () => {
  it.each([
    [6, 1],
    [8, 0],
  ])('of %i days expires the objects of %i receipts of a week ago', async (retentionDays, expired) => {
    archive(aws);
    const results = await verify({ retentionDays });
    expect(results).toMatchObject({ expired, objects: expired === 1 ? 0 : 2, findings: [] });
  });

  it('does not hide an invalid receipt', async () => {
    archive(aws, { changes: { format: 2 as never } });
    expect((await verify({ retentionDays: 1 })).findings).toMatchObject([{ type: 'ReceiptInvalid' }]);
  });
});

describe('a batch that takes longer than an invocation', () => {
  /** Calls the function until the batch is verified, with a clock that moves with each call to S3. */
  async function verifySlowly(items = createRequest().items) {
    const now = () => aws.clock.now() + aws.requestHandler.calls.length * 120_000;
    const slow: Clients = { ...clients, now };
    let progress: VerifyReceiptsRequest['progress'] = null;
    for (let calls = 1; ; calls++) {
      const response = await verifyReceipts(createRequest({ items, progress }), BUCKET, slow);
      if (response.isDone) {
        return calls;
      }
      expect(JSON.parse(JSON.stringify(response.progress))).toEqual(response.progress);
      progress = response.progress;
    }
  }

  function sumResults() {
    const all = aws.buckets
      .listObjects(BUCKET, resultsPrefix(RUN, FOLDER))
      .map((key) => readJson<BatchResults>(aws, key));
    const sum = (field: 'receipts' | 'objects') => all.reduce((total, results) => total + results[field], 0);
    return { receipts: sum('receipts'), objects: sum('objects'), findings: all.flatMap(({ findings }) => findings) };
  }

  it('continues after the last verified receipt', async () => {
    for (let index = 0; index < 50; index++) {
      archive(aws, { logGroupName: `/app/${index}` });
    }
    expect(await verifySlowly()).toBe(3);
    expect(sumResults()).toEqual({ receipts: 50, objects: 100, findings: [] });
  });

  it('continues within a receipt after the last counted object', async () => {
    const objects = Object.fromEntries(Array.from({ length: 3_500 }, (_, index) => [String(10_000 + index), 'x']));
    const { folder } = archive(aws, { objects });
    expect(await verifySlowly()).toBe(2);
    expect(sumResults()).toEqual({ receipts: 1, objects: 3_500, findings: [] });
    put(`${folder}10007/000000.gz`, 'y');
    await verifySlowly();
    expect(sumResults().findings).toMatchObject([{ type: 'ObjectsReplaced' }]);
  });

  it('verifies no other receipt until it has finished one, because it could not keep the results', async () => {
    const objects = Object.fromEntries(Array.from({ length: 3_500 }, (_, index) => [String(10_000 + index), 'x']));
    for (const logGroupName of ['/app/a', '/app/b', '/app/c']) {
      archive(aws, { logGroupName, objects });
    }
    const slow: Clients = { ...clients, now: () => aws.clock.now() + aws.requestHandler.calls.length * 120_000 };
    const { progress } = await verifyReceipts(createRequest(), BUCKET, slow);
    expect(progress.position).not.toBeNull();
    const before = aws.requestHandler.calls.length;
    await verifyReceipts(createRequest({ progress }), BUCKET, slow);
    const calls = aws.requestHandler.calls.slice(before).map(({ operation }) => operation);
    expect(calls.filter((operation) => operation === 'GetObject')).toHaveLength(1);
  });

  it('keeps the findings of earlier tasks of a receipt', async () => {
    const { receipt } = archive(aws);
    const [task] = receipt.tasks;
    const wrong = { ...task, objects: 1 } as NonNullable<typeof task>;
    archive(aws, { changes: { tasks: [wrong, wrong, wrong] } });
    expect(await verifySlowly()).toBe(2);
    expect(sumResults().findings.map(({ type }) => type)).toEqual(['ObjectsAdded', 'ObjectsAdded', 'ObjectsAdded']);
  });
});
