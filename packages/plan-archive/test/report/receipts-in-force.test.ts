import { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import { EXECUTION, NOW } from '@log-archiver/aws-clients/testing';
import { type ArchiveReceipt, receiptName } from '@log-archiver/core';
import { ArchiverStore } from '../../src/archiver-store';
import { findReceiptsInForce } from '../../src/report/receipts-in-force';
import { REQUEST, World } from '../world';
import { createReceiptProperties } from './entries';

const WEB = { logGroupName: '/app/web', s3Prefix: 'app/web', period: '2026-10' };
const API = { logGroupName: '/app/api', s3Prefix: 'app/api', period: '2026-10' };
const NAME = receiptName(WEB);

let world: World;
beforeEach(() => {
  world = new World();
});

function find(logGroups = [WEB], isRemembered = true) {
  return findReceiptsInForce('2026-10', logGroups, {
    archive: new ArchiveStore(world.clients, REQUEST),
    archiver: new ArchiverStore(world.clients, REQUEST),
    execution: EXECUTION,
    isRemembered,
  });
}

const countReads = () => world.listOperations().filter((operation) => operation === 'GetObject').length;

it('adds up the tasks of a receipt', async () => {
  const losses = [{ cause: 'RetentionExpired' as const, from: 'a', to: 'b' }];
  const task = { taskId: 't', from: 'a', to: 'b', objects: 2, bytes: 30 };
  world.putReceipt(WEB, { tasks: [task, { ...task, objects: 0, bytes: 0 }], losses });
  const { keys, byName } = await find();

  expect(keys.size).toBe(1);
  expect([...byName]).toEqual([
    [NAME, { logGroupName: '/app/web', finishedAt: NOW, losses, tasks: 2, objects: 2, bytes: 30, exportSeconds: 0 }],
  ]);
});

it('takes of several receipts the one that was finished last', async () => {
  world.putReceipt(WEB, { finishedAt: '2026-11-02T00:00:00.000Z' });
  world.putReceipt(WEB, { finishedAt: '2026-11-04T00:00:00.000Z' }, '2026-11-03T00:00:00.000Z');
  world.putReceipt(WEB, { finishedAt: '2026-11-03T00:00:00.000Z' }, '2026-11-02T00:00:00.000Z');
  const { keys, byName } = await find();

  expect(keys.size).toBe(3);
  expect(byName.get(NAME)?.finishedAt).toBe('2026-11-04T00:00:00.000Z');
});

it.each<[string, Partial<ArchiveReceipt>, number | null]>([
  ['the whole export', { startedAt: NOW, finishedAt: '2026-11-02T04:00:05.000Z' }, 3_600],
  ['nothing of a task that an earlier run started', { startedAt: '2026-11-01T00:00:00.000Z' }, null],
  ['nothing of a receipt of another run', { execution: 'another' }, null],
])('measures %s', async (_, changes, exportSeconds) => {
  world.putReceipt(WEB, { execution: EXECUTION.id, ...changes });

  expect((await find()).byName.get(NAME)?.exportSeconds).toBe(exportSeconds);
});

it('reads each receipt once', async () => {
  world.putReceipt(WEB);
  const first = await find();
  const reads = countReads();
  const second = await find();

  expect(reads).toBe(1);
  // The remembered receipts.
  expect(countReads()).toBe(2);
  expect(second).toEqual(first);
});

it('reads new receipts beside those that are remembered', async () => {
  world.putReceipt(WEB);
  await find();
  world.putReceipt(API);

  expect([...(await find([WEB, API])).byName.keys()]).toEqual([receiptName(API), NAME]);
});

it('keeps what it remembers of a log group that the run does not have any more', async () => {
  world.putReceipt(WEB);
  await find();
  world.putReceipt(API);
  await find([API]);

  expect([...(await find([])).byName.keys()]).toEqual([receiptName(API), NAME]);
});

it('does not read receipts of log groups that are not its own', async () => {
  world.putReceipt(API);

  expect((await find()).byName.size).toBe(0);
  expect(countReads()).toBe(0);
});

it('forgets a receipt that was deleted', async () => {
  const archiver = new ArchiverStore(world.clients, REQUEST);
  await archiver.writePeriodReceipts('2026-10', { [`${NAME}.json`]: createReceiptProperties() });

  expect((await find()).byName.size).toBe(0);
});

it('remembers nothing in a run for some log groups', async () => {
  world.putReceipt(WEB);

  expect((await find([WEB], false)).byName.size).toBe(1);
  expect(world.aws.buckets.listObjects('archive', '_log-archiver/periods/')).toEqual([]);
});
