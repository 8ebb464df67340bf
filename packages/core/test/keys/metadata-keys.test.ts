import type { ArchiveExecution, ArchiveItem } from '../../src';
import {
  checkpointKey,
  logGroupsKey,
  parsePartKey,
  parseReceiptName,
  partKey,
  partsPrefix,
  periodReceiptsKey,
  periodStatusKey,
  receiptKey,
  receiptName,
  receiptsPrefix,
  runPrefix,
} from '../../src/keys/metadata-keys';

const LOCATION = { account: '123456789012', region: 'ap-northeast-1', keyPrefix: '', timeZone: 'Asia/Tokyo' };
const PREFIXED_LOCATION = { ...LOCATION, keyPrefix: 'logs/all' };
const EXECUTION: ArchiveExecution = {
  id: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:nightly',
  name: 'nightly',
  startedAt: '2026-11-02T03:00:01.234Z',
  stateMachineArn: 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Archiver',
};
const ITEM = { logGroupName: '/app/web', s3Prefix: 'app/web', period: '2026-10' } as ArchiveItem;

it.each([
  [
    'receipts of a period',
    '_log-archiver/receipts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/',
    receiptsPrefix(LOCATION, '2026-10'),
  ],
  [
    'a receipt',
    '_log-archiver/receipts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/~app~web@a43a6a03.json',
    receiptKey(LOCATION, ITEM, null),
  ],
  [
    'a forced receipt',
    '_log-archiver/receipts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/~app~web@a43a6a03.2026-11-02T03.00.01.234Z.json',
    receiptKey(LOCATION, ITEM, EXECUTION.startedAt),
  ],
  [
    'parts',
    '_log-archiver/parts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/~app~web@a43a6a03/',
    partsPrefix(LOCATION, ITEM),
  ],
  [
    'a run',
    '_log-archiver/runs/123456789012/ap-northeast-1/2026-11-02T03.00.01.234Z_nightly/',
    runPrefix(LOCATION, EXECUTION),
  ],
  [
    'the status of a period',
    '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/2026-10.json',
    periodStatusKey(LOCATION, 'Archiver', '2026-10'),
  ],
  [
    'the checkpoint',
    '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/checkpoint.json',
    checkpointKey(LOCATION, 'Archiver'),
  ],
  [
    'the properties of receipts',
    '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/2026-10.receipts.json',
    periodReceiptsKey(LOCATION, 'Archiver', '2026-10'),
  ],
  [
    'the log groups',
    '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/log-groups.json',
    logGroupsKey(LOCATION, 'Archiver'),
  ],
])('returns the key of %s: %s', (_, expected, key) => {
  expect(key).toBe(expected);
});

it('puts all keys below the key prefix', () => {
  const keys = (location: typeof LOCATION) => [
    receiptsPrefix(location, '2026-10'),
    receiptKey(location, ITEM, null),
    partsPrefix(location, ITEM),
    runPrefix(location, EXECUTION),
    periodStatusKey(location, 'Archiver', '2026-10'),
  ];

  expect(keys(PREFIXED_LOCATION)).toEqual(keys(LOCATION).map((key) => `logs/all/${key}`));
});

it.each([
  ['/app/web', 'app/web', '~app~web@a43a6a03'],
  ['/app/web', 'web', '~app~web@4b5e57f6'],
  ['app', 'app', 'app@a172cedc'],
])('names the receipts of %s with s3Prefix %s: %s', (logGroupName, s3Prefix, expected) => {
  expect(receiptName({ logGroupName, s3Prefix })).toBe(expected);
});

it('keeps a name of 300 characters, and replaces the rest of a longer one by a hash', () => {
  const name = (length: number, end: string) => receiptName({ logGroupName: 'a'.repeat(length) + end, s3Prefix: 'a' });

  expect(name(299, 'b')).toBe(`${'a'.repeat(299)}b@ca978112`);
  expect(name(300, 'b')).toMatch(/^a{300}~[0-9a-f]{16}@ca978112$/);
  expect(name(511, 'b')).not.toBe(name(511, 'c'));
});

it.each([[null], ['2026-11-02T03:00:01.234Z']])('parses the receipt name in a key (forced at %p)', (forcedAt) => {
  expect(parseReceiptName(receiptKey(PREFIXED_LOCATION, ITEM, forcedAt))).toBe('~app~web@a43a6a03');
});

it('parses the range in the key of a part, but not in that of another forced run or of another object', () => {
  const part = { ...ITEM, from: 1_793_372_400_000, to: 1_793_458_799_999 };
  const { from, to } = part;
  const [key, forced] = [null, EXECUTION.startedAt].map((forcedAt) => partKey(LOCATION, part, forcedAt));

  expect(parsePartKey(String(key), LOCATION, ITEM, null)).toEqual({ from, to });
  expect(parsePartKey(String(forced), LOCATION, ITEM, EXECUTION.startedAt)).toEqual({ from, to });
  expect(parsePartKey(String(forced), LOCATION, ITEM, null)).toBeUndefined();
  expect(parsePartKey(String(key), LOCATION, ITEM, EXECUTION.startedAt)).toBeUndefined();
  expect(parsePartKey(`${partsPrefix(LOCATION, ITEM)}notes.json`, LOCATION, ITEM, null)).toBeUndefined();
});
