import { type ArchiveReceipt, type PartRecord, parsePeriod, sha256, toIsoTime } from '@log-archiver/core';
import type { LocalAws } from '@log-archiver/local-aws';
import { ArchiveStore } from '../src/archive-store';
import { createClients } from '../src/create-clients';
import { EXECUTION, OCTOBER_ITEM, OCTOBER_RECEIPT, PARAMETERS, startLocalAws } from '../src/testing';

const METADATA = '_log-archiver';
const RECEIPTS = `${METADATA}/receipts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/`;
const FORCED_ITEM = { ...OCTOBER_ITEM, force: true };
const FORCED_RECEIPT = { ...OCTOBER_RECEIPT, forced: true };
const OCTOBER = parsePeriod('2026-10', 'Asia/Tokyo');
const { from: _, to: __, ...TASK } = OCTOBER_RECEIPT.tasks[0] as ArchiveReceipt['tasks'][0];

/** Creates the record of a part. */
function createPart({ from, to }: { from: number; to: number }, taskId = 'task-1'): PartRecord {
  const range = { from: toIsoTime(from), to: toIsoTime(to) };
  const { startedAt: createdAt, evidence, losses, execution } = OCTOBER_RECEIPT;
  return { ...TASK, ...range, taskId, createdAt, evidence, losses, execution };
}

let aws: LocalAws;
let archive: ArchiveStore;
beforeEach(() => {
  aws = startLocalAws();
  const clients = createClients({ requestHandler: aws.requestHandler });
  archive = new ArchiveStore(clients, { parameters: PARAMETERS, execution: EXECUTION });
});

it('writes a receipt once, formatted for readers', async () => {
  expect(await archive.writeReceiptOnce(OCTOBER_ITEM, OCTOBER_RECEIPT)).toEqual(OCTOBER_RECEIPT);
  const other = { ...OCTOBER_RECEIPT, execution: 'another' };
  expect(await archive.writeReceiptOnce(OCTOBER_ITEM, other)).toEqual(OCTOBER_RECEIPT);

  const [key = ''] = aws.buckets.listObjects('archive');
  expect(key).toMatch(`${RECEIPTS}~app~web@`);
  expect(aws.buckets.getObject('archive', key).toString()).toBe(`${JSON.stringify(OCTOBER_RECEIPT, undefined, 2)}\n`);
});

it('throws ReceiptInvalid instead of writing a receipt beside an object that is none', async () => {
  aws.buckets.putObject('archive', archive.receiptKey(OCTOBER_ITEM), '');

  await expect(archive.writeReceiptOnce(OCTOBER_ITEM, OCTOBER_RECEIPT)).rejects.toMatchObject({
    name: 'ReceiptInvalid',
    message: 'receipt must be JSON, got 0 characters of something else',
  });
});

it('throws ReceiptInvalid instead of writing a receipt that no run would trust', async () => {
  await expect(archive.writeReceiptOnce(OCTOBER_ITEM, { ...OCTOBER_RECEIPT, tasks: [] })).rejects.toMatchObject({
    name: 'ReceiptInvalid',
  });
  expect(aws.buckets.listObjects('archive')).toEqual([]);
});

describe('with receipts of three log groups', () => {
  const GROUPS = ['/a', '/b', '/c'].map((logGroupName) => ({ logGroupName, s3Prefix: logGroupName.slice(1) }));
  const [a, b, c] = GROUPS as [(typeof GROUPS)[0], (typeof GROUPS)[0], (typeof GROUPS)[0]];
  const keyOf = (group: (typeof GROUPS)[0], force = false) => archive.receiptKey({ ...OCTOBER_ITEM, ...group, force });
  beforeEach(() => {
    for (const key of [keyOf(a), keyOf(b), keyOf(b, true), keyOf(c)]) {
      aws.buckets.putObject('archive', key, 'four');
    }
  });

  const listKeys = async (groups: typeof GROUPS, period = '2026-10') =>
    (await archive.listReceiptsOf(period, groups)).map(({ key }) => key);

  it('lists those of some log groups, including one of a forced run', async () => {
    expect(await listKeys([a, b])).toEqual([keyOf(a), keyOf(b, true), keyOf(b)]);
    expect(await listKeys([c])).toEqual([keyOf(c)]);
  });

  it('lists none of no log group, and none of another period', async () => {
    expect(await listKeys([])).toEqual([]);
    expect(await listKeys(GROUPS, '2026-09')).toEqual([]);
  });

  it('lists those of all log groups, with their sizes and ETags', async () => {
    const listed = await archive.listReceipts('2026-10');

    expect(listed.map(({ key }) => key)).toEqual([keyOf(a), keyOf(b, true), keyOf(b), keyOf(c)]);
    expect(listed[0]).toMatchObject({ size: 4, etag: '8cbad96aced40b3838dd9f07f6ef5772' });
  });
});

it('reads a receipt by its key', async () => {
  await archive.writeReceiptOnce(OCTOBER_ITEM, OCTOBER_RECEIPT);
  await archive.writeReceiptOnce(FORCED_ITEM, FORCED_RECEIPT);
  const read = (key: string) => archive.readReceipt({ key, size: 1 }, { ...OCTOBER_ITEM, period: OCTOBER });

  expect(await read(archive.receiptKey(OCTOBER_ITEM))).toEqual(OCTOBER_RECEIPT);
  expect(await read(archive.receiptKey(FORCED_ITEM))).toEqual(FORCED_RECEIPT);
});

it('does not read a receipt that is too large', async () => {
  const read = archive.readReceipt({ key: 'x', size: 2_097_153 }, { ...OCTOBER_ITEM, period: OCTOBER });

  await expect(read).rejects.toMatchObject({
    name: 'ReceiptInvalid',
    message: 'receipt must be at most 2097152 bytes long, got 2097153',
  });
  expect(aws.requestHandler.calls).toEqual([]);
});

describe('findPreviousReceipt', () => {
  const SEPTEMBER = parsePeriod('2026-09', 'Asia/Tokyo');
  const SEPTEMBER_ITEM = { ...OCTOBER_ITEM, period: '2026-09', periodFrom: SEPTEMBER.from, periodTo: SEPTEMBER.to };
  const range = { from: toIsoTime(SEPTEMBER.from), to: toIsoTime(SEPTEMBER.to) };
  const RECEIPT: ArchiveReceipt = {
    ...OCTOBER_RECEIPT,
    ...{ period: '2026-09', ...range, destinationPrefix: '2026/09/app/web', tasks: [{ ...TASK, ...range }] },
  };
  const hash = (key: string) => sha256(aws.buckets.getObject('archive', key).toString());

  it('returns null without a receipt', async () => {
    expect(await archive.findPreviousReceipt(OCTOBER_ITEM)).toBeNull();
  });

  it('returns the key and the SHA-256 of the receipt that was finished last', async () => {
    const forced = { ...SEPTEMBER_ITEM, force: true };
    const key = archive.receiptKey(forced);
    await archive.writeReceiptOnce(forced, { ...RECEIPT, forced: true, finishedAt: '2026-11-02T05:00:00.000Z' });
    await archive.writeReceiptOnce(SEPTEMBER_ITEM, RECEIPT);

    expect(await archive.findPreviousReceipt(OCTOBER_ITEM)).toEqual({ key, sha256: hash(key) });
  });

  it('ignores an object that is not a valid receipt', async () => {
    aws.buckets.putObject('archive', archive.receiptKey(SEPTEMBER_ITEM), '{}');

    expect(await archive.findPreviousReceipt(OCTOBER_ITEM)).toBeNull();
  });
});

it('lists and reads the part records of an item, apart from those of a forced run', async () => {
  const first = { ...OCTOBER_ITEM, to: OCTOBER_ITEM.from + 1 };
  const forced = { ...FORCED_ITEM, from: OCTOBER_ITEM.from + 2 };
  await archive.writePartOnce(first, createPart(first));
  await archive.writePartOnce(forced, createPart(forced, 'forced'));

  expect(await archive.listParts(OCTOBER_ITEM)).toEqual([{ from: first.from, to: first.to }]);
  expect(await archive.listParts(FORCED_ITEM)).toEqual([{ from: first.from + 2, to: OCTOBER_ITEM.to }]);
  expect(await archive.readPart(first)).toEqual(createPart(first));
});

it('returns the part record that was written first', async () => {
  await archive.writePartOnce(OCTOBER_ITEM, createPart(OCTOBER_ITEM));

  expect(await archive.writePartOnce(OCTOBER_ITEM, createPart(OCTOBER_ITEM, 'task-2'))).toEqual(
    createPart(OCTOBER_ITEM),
  );
});

it('throws ReceiptInvalid for a part record of another range', async () => {
  await archive.writePartOnce(OCTOBER_ITEM, createPart(OCTOBER_ITEM));
  const [key = ''] = aws.buckets.listObjects('archive');
  aws.buckets.putObject('archive', key, JSON.stringify(createPart({ ...OCTOBER_ITEM, to: 1_800_000_000_000 })));

  await expect(archive.readPart(OCTOBER_ITEM)).rejects.toMatchObject({ name: 'ReceiptInvalid' });
});
