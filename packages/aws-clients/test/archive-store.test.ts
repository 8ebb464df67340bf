import type { ArchiveReceipt, PartRecord, PeriodStatus } from '@log-archiver/core';
import type { LocalAws } from '@log-archiver/local-aws';
import { ArchiveStore } from '../src/archive-store';
import { createClients } from '../src/create-clients';
import { EXECUTION, OCTOBER_ITEM, PARAMETERS, readJson, startLocalAws } from '../src/testing';

const METADATA = '_log-archiver';
const RECEIPTS = `${METADATA}/receipts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/`;
const PERIODS = `${METADATA}/periods/123456789012/ap-northeast-1/Archiver/`;
const FORCED_ITEM = { ...OCTOBER_ITEM, force: true };
const RECEIPT = { format: 1 } as ArchiveReceipt;
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
  expect(aws.buckets.getObject('archive', key).toString()).toBe('{\n  "format": 1\n}\n');
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

describe('findWithoutReceipt', () => {
  it('counts only the receipts of a forced run in that run', async () => {
    await archive.writeReceiptOnce(OCTOBER_ITEM, RECEIPT);

    expect(await archive.findWithoutReceipt('2026-10', [OCTOBER_ITEM], false)).toEqual([]);
    expect(await archive.findWithoutReceipt('2026-10', [OCTOBER_ITEM], true)).toEqual([OCTOBER_ITEM]);
  });

  it('does not call S3 without log groups', async () => {
    expect(await archive.findWithoutReceipt('2026-10', [], false)).toEqual([]);
    expect(aws.requestHandler.calls).toEqual([]);
  });
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

it('writes the status of a period, and replaces an earlier one', async () => {
  await archive.writePeriodStatus({ period: '2026-10', complete: false } as PeriodStatus);
  await archive.writePeriodStatus({ period: '2026-10', complete: true } as PeriodStatus);

  expect(readJson(aws, `${PERIODS}2026-10.json`)).toEqual({ period: '2026-10', complete: true });
});

describe('the checkpoint', () => {
  it('is undefined before it is written', async () => {
    expect(await archive.readCheckpoint()).toBeUndefined();
  });

  it('is the instant that was written last', async () => {
    await archive.writeCheckpoint(OCTOBER_ITEM.from - 1);
    await archive.writeCheckpoint(OCTOBER_ITEM.to);

    expect(await archive.readCheckpoint()).toBe(OCTOBER_ITEM.to);
    expect(readJson(aws, `${PERIODS}looked-at`)).toEqual({
      until: '2026-10-31T14:59:59.999Z',
      execution: EXECUTION.id,
    });
  });
});
