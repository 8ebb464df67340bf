import { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import { EXECUTION, NOW } from '@log-archiver/aws-clients/testing';
import { type ArchiveReceipt, parsePeriod, receiptKey, receiptName } from '@log-archiver/core';
import { ArchiverStore } from '../../src/archiver-store';
import { RunReceipts } from '../../src/receipts/run-receipts';
import { createReceiptProperties } from '../report/entries';
import { REQUEST, World } from '../world';

const OCTOBER = parsePeriod('2026-10', 'Asia/Tokyo');
const API = { logGroupName: '/app/api', s3Prefix: 'app/api', period: '2026-10' };
const WEB = { logGroupName: '/app/web', s3Prefix: 'app/web', period: '2026-10' };
const NAME = receiptName(WEB);
const KEY = receiptKey(REQUEST.parameters, WEB, null);

let world: World;
beforeEach(() => {
  world = new World();
});

function createReceipts() {
  const [archive, archiver] = [new ArchiveStore(world.clients, REQUEST), new ArchiverStore(world.clients, REQUEST)];
  return new RunReceipts(EXECUTION, { archive, archiver });
}

/** Finds the receipts of October as a run does, which remembers them at its end. */
async function find(logGroups = [WEB]) {
  const receipts = createReceipts();
  const found = await receipts.findOfPeriod(OCTOBER, logGroups);
  await receipts.remember();
  return found;
}

/** Puts an object that is no valid receipt at the key of the receipt of `/app/web`. */
function putInvalid(text: string) {
  world.aws.buckets.putObject('archive', KEY, text);
}

const countReads = () => world.listOperations().filter((operation) => operation === 'GetObject').length;

it('adds up the tasks of a receipt', async () => {
  const losses = [
    { cause: 'RetentionExpired' as const, from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' },
  ];
  world.putReceipt(WEB, {
    tasks: [
      { objects: 2, bytes: 30 },
      { objects: 0, bytes: 0 },
    ],
    losses,
  });
  const { keys, inForce } = await find();

  expect(keys.size).toBe(1);
  expect([...inForce]).toEqual([
    [
      NAME,
      expect.objectContaining({
        logGroupName: '/app/web',
        finishedAt: NOW,
        losses,
        tasks: 2,
        objects: 2,
        bytes: 30,
        exportSeconds: 0,
      }),
    ],
  ]);
});

it('takes of several receipts the one that was finished last', async () => {
  world.putReceipt(WEB, { finishedAt: '2026-11-02T00:00:00.000Z' });
  world.putReceipt(WEB, { finishedAt: '2026-11-04T00:00:00.000Z' }, '2026-11-03T00:00:00.000Z');
  world.putReceipt(WEB, { finishedAt: '2026-11-03T00:00:00.000Z' }, '2026-11-02T00:00:00.000Z');
  const { keys, inForce } = await find();

  expect(keys.size).toBe(3);
  expect(inForce.get(NAME)?.finishedAt).toBe('2026-11-04T00:00:00.000Z');
});

it.each<[string, Partial<ArchiveReceipt>, number | null]>([
  ['the whole export', { startedAt: NOW, finishedAt: '2026-11-02T04:00:05.000Z' }, 3_600],
  ['nothing of a task that an earlier run started', { startedAt: '2026-11-01T00:00:00.000Z' }, null],
  ['nothing of a receipt of another run', { execution: 'another' }, null],
])('measures %s', async (_, changes, exportSeconds) => {
  world.putReceipt(WEB, { execution: EXECUTION.id, ...changes });

  expect((await find()).inForce.get(NAME)?.exportSeconds).toBe(exportSeconds);
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

  expect([...(await find([WEB, API])).inForce.keys()]).toEqual([receiptName(API), NAME]);
});

it('keeps what it remembers of a log group that the run does not have any more', async () => {
  world.putReceipt(WEB);
  await find();
  world.putReceipt(API);
  await find([API]);

  expect([...(await find([])).inForce.keys()]).toEqual([receiptName(API), NAME]);
});

it('does not read receipts of log groups that are not its own', async () => {
  world.putReceipt(API);

  expect((await find()).inForce.size).toBe(0);
  expect(countReads()).toBe(0);
});

it('forgets a receipt that was deleted', async () => {
  const archiver = new ArchiverStore(world.clients, REQUEST);
  (await archiver.readPeriodReceipts('2026-10')).set(`${NAME}.json`, { etag: '1', ...createReceiptProperties() });
  await archiver.writePeriodReceipts('2026-10');

  expect((await find()).inForce.size).toBe(0);
});

it('writes nothing before the end of the run', async () => {
  world.putReceipt(WEB);

  expect((await createReceipts().findOfPeriod(OCTOBER, [WEB])).inForce.size).toBe(1);
  expect(world.aws.buckets.listObjects('archive', '_log-archiver/periods/')).toEqual([]);
});

it('finds the receipts of some log groups', async () => {
  const db = { ...WEB, logGroupName: '/app/db', s3Prefix: 'app/db' };
  for (const each of [API, db, WEB]) {
    world.putReceipt(each);
  }
  const { keys } = await createReceipts().findOfLogGroups(OCTOBER, [API, db]);

  expect(keys).toEqual(new Set([API, db].map((each) => receiptKey(REQUEST.parameters, each, null))));
});

it('finds no receipts of no log groups', async () => {
  expect((await createReceipts().findOfLogGroups(OCTOBER, [])).keys.size).toBe(0);
});

it.each([
  ['has no bytes', '', 'receipt must be JSON, got 0 characters of something else'],
  ['has no fields', '{}', 'format must be 3, got undefined'],
  ['is too long', ' '.repeat(2_097_153), 'receipt must be at most 2097152 bytes long, got 2097153'],
])('finds that an object at the key of a receipt %s', async (_, text, invalid) => {
  putInvalid(text);
  const found = await find();

  expect(found.inForce.size).toBe(0);
  expect([...found.invalid]).toEqual([[NAME, [{ name: NAME, key: KEY, invalid, isNew: true }]]]);
});

it('finds that a receipt was copied from another period', async () => {
  world.putReceipt({ ...WEB, period: '2026-09' });
  putInvalid(JSON.stringify(world.read(receiptKey(REQUEST.parameters, { ...WEB, period: '2026-09' }, null))));

  expect((await find()).invalid.get(NAME)).toMatchObject([
    { invalid: 'destinationPrefix must be "2026/10/app/web", got "2026/09/app/web"' },
  ]);
});

it('finds that an invalid receipt is not new after a run has remembered it', async () => {
  putInvalid('');
  await find();
  const reads = countReads();

  expect((await find()).invalid.get(NAME)).toMatchObject([{ isNew: false }]);
  // The remembered receipts.
  expect(countReads()).toBe(reads + 1);
});

it('takes the valid receipt in force beside an invalid one', async () => {
  putInvalid('');
  world.putReceipt(WEB, {}, '2026-11-03T00:00:00.000Z');
  const { inForce, invalid } = await find();

  expect([inForce.has(NAME), invalid.has(NAME)]).toEqual([true, true]);
});

it('reads a receipt again that was replaced', async () => {
  world.putReceipt(WEB);
  await find();
  putInvalid('{}');

  expect((await find()).invalid.get(NAME)).toMatchObject([{ isNew: true }]);
});
