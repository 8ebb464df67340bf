import type { ArchiveReceipt, PartRecord } from '@log-archiver/core';
import type { LocalAws } from '@log-archiver/local-aws';
import { ArchiveStore } from '../src/archive-store';
import { createClients } from '../src/create-clients';
import { EXECUTION, OCTOBER_ITEM, PARAMETERS, startLocalAws } from '../src/testing';

const METADATA = '_log-archiver';
const RECEIPTS = `${METADATA}/receipts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/`;
const FORCED_ITEM = { ...OCTOBER_ITEM, force: true };
const RECEIPT = { format: 2, losses: [] as object[] } as ArchiveReceipt;
const PART = { taskId: 'task-1' } as PartRecord;

let aws: LocalAws;
let archive: ArchiveStore;
beforeEach(() => {
  aws = startLocalAws();
  const clients = createClients({ requestHandler: aws.requestHandler });
  archive = new ArchiveStore(clients, { parameters: PARAMETERS, execution: EXECUTION });
});

it('writes a receipt once, formatted for readers', async () => {
  expect(await archive.writeReceiptOnce(OCTOBER_ITEM, RECEIPT)).toEqual(RECEIPT);
  expect(await archive.writeReceiptOnce(OCTOBER_ITEM, { ...RECEIPT, forced: true })).toEqual(RECEIPT);

  const [key = ''] = aws.buckets.listObjects('archive');
  expect(key).toMatch(`${RECEIPTS}~app~web@`);
  expect(aws.buckets.getObject('archive', key).toString()).toBe('{\n  "format": 2,\n  "losses": []\n}\n');
});

describe('findArchived', () => {
  const GROUPS = ['/a', '/b', '/c'].map((logGroupName) => ({ logGroupName, s3Prefix: logGroupName.slice(1) }));

  it('returns the log groups that have a receipt, including one of a forced run', async () => {
    const [a, b, c] = GROUPS as [(typeof GROUPS)[0], (typeof GROUPS)[0], (typeof GROUPS)[0]];
    await archive.writeReceiptOnce({ ...OCTOBER_ITEM, ...a }, RECEIPT);
    await archive.writeReceiptOnce({ ...FORCED_ITEM, ...c }, RECEIPT);

    expect(await archive.findArchived('2026-10', GROUPS)).toEqual(new Set([a, c]));
    expect(await archive.findArchived('2026-10', [b])).toEqual(new Set());
    expect(await archive.findArchived('2026-09', GROUPS)).toEqual(new Set());
  });
});

it('lists and reads the receipts of a period', async () => {
  await archive.writeReceiptOnce(OCTOBER_ITEM, RECEIPT);
  await archive.writeReceiptOnce(FORCED_ITEM, { ...RECEIPT, forced: true });
  await archive.writeReceiptOnce({ ...OCTOBER_ITEM, period: '2026-09' }, RECEIPT);
  const keys = await archive.listReceipts('2026-10');

  expect(keys).toEqual([archive.receiptKey(FORCED_ITEM), archive.receiptKey(OCTOBER_ITEM)]);
  expect(await archive.readReceipt(archive.receiptKey(FORCED_ITEM))).toEqual({ ...RECEIPT, forced: true });
});

it.each([
  [null, []],
  [3, [{ cause: 'RetentionExpired', from: '2026-09-30T15:00:00.000Z', to: '2026-10-03T14:59:59.999Z' }]],
])('translates a receipt of format 1 with daysLost %p', async (daysLost, losses) => {
  const from = '2026-09-30T15:00:00.000Z';
  await archive.writeReceiptOnce(OCTOBER_ITEM, { format: 1, from, daysLost } as unknown as ArchiveReceipt);

  expect(await archive.readReceipt(archive.receiptKey(OCTOBER_ITEM))).toEqual({ format: 2, from, losses });
});

it('lists and reads the part records of an item, apart from those of a forced run', async () => {
  const first = { ...OCTOBER_ITEM, to: OCTOBER_ITEM.from + 1 };
  await archive.writePartOnce(first, PART);
  await archive.writePartOnce({ ...FORCED_ITEM, from: OCTOBER_ITEM.from + 2 }, { ...PART, taskId: 'forced' });

  expect(await archive.listParts(OCTOBER_ITEM)).toEqual([{ from: first.from, to: first.to }]);
  expect(await archive.listParts(FORCED_ITEM)).toEqual([{ from: first.from + 2, to: OCTOBER_ITEM.to }]);
  expect(await archive.readPart(first)).toEqual(PART);
});

it('returns the part record that was written first', async () => {
  await archive.writePartOnce(OCTOBER_ITEM, PART);

  expect(await archive.writePartOnce(OCTOBER_ITEM, { ...PART, taskId: 'task-2' })).toEqual(PART);
});
