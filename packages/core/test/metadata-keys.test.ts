import type { ArchiveExecution, ArchiveItem } from '../src';
import {
  parsePartKey,
  parseReceiptName,
  partKey,
  partsPrefix,
  periodStatusKey,
  receiptKey,
  receiptName,
  receiptsPrefix,
  runPrefix,
} from '../src/metadata-keys';

const PLACE = { account: '123456789012', region: 'ap-northeast-1', keyPrefix: '', timeZone: 'Asia/Tokyo' };
const BELOW_A_PREFIX = { ...PLACE, keyPrefix: 'logs/all' };
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
    receiptsPrefix(PLACE, '2026-10'),
  ],
  [
    'a receipt',
    '_log-archiver/receipts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/~app~web@a43a6a03.json',
    receiptKey(PLACE, ITEM, null),
  ],
  [
    'a receipt by force',
    '_log-archiver/receipts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/~app~web@a43a6a03.2026-11-02T03.00.01.234Z.json',
    receiptKey(PLACE, ITEM, EXECUTION.startedAt),
  ],
  [
    'parts',
    '_log-archiver/parts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/~app~web@a43a6a03/',
    partsPrefix(PLACE, ITEM),
  ],
  [
    'a run',
    '_log-archiver/runs/123456789012/ap-northeast-1/2026-11-02T03.00.01.234Z_nightly/',
    runPrefix(PLACE, EXECUTION),
  ],
  [
    'the status of a period',
    '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/2026-10.json',
    periodStatusKey(PLACE, EXECUTION, '2026-10'),
  ],
])('the key of %s is %s', (_, expected, key) => {
  expect(key).toBe(expected);
});

it('all keys are below the key prefix', () => {
  const keys = (place: typeof PLACE) => [
    receiptsPrefix(place, '2026-10'),
    receiptKey(place, ITEM, null),
    partsPrefix(place, ITEM),
    runPrefix(place, EXECUTION),
    periodStatusKey(place, EXECUTION, '2026-10'),
  ];

  expect(keys(BELOW_A_PREFIX)).toEqual(keys(PLACE).map((key) => `logs/all/${key}`));
});

it.each([
  ['/app/web', 'app/web', '~app~web@a43a6a03'],
  ['/app/web', 'web', '~app~web@4b5e57f6'],
  ['app', 'app', 'app@a172cedc'],
])('the receipts of %s, whose objects are below %s, are called %s', (logGroupName, s3Prefix, expected) => {
  expect(receiptName({ logGroupName, s3Prefix })).toBe(expected);
});

it('a name of 300 characters is in the key as it is, and a longer one is cut and told apart by a hash', () => {
  const name = (length: number, end: string) => receiptName({ logGroupName: 'a'.repeat(length) + end, s3Prefix: 'a' });

  expect(name(299, 'b')).toBe(`${'a'.repeat(299)}b@ca978112`);
  expect(name(300, 'b')).toMatch(/^a{300}~[0-9a-f]{16}@ca978112$/);
  expect(name(511, 'b')).not.toBe(name(511, 'c'));
});

it.each([[null], ['2026-11-02T03:00:01.234Z']])(
  'the name is found in the key of a receipt (forced at %p)',
  (forcedAt) => {
    expect(parseReceiptName(receiptKey(BELOW_A_PREFIX, ITEM, forcedAt))).toBe('~app~web@a43a6a03');
  },
);

it('a part is found in its own key, and in no key of a run by force or of anything else', () => {
  const part = { ...ITEM, from: 1_793_372_400_000, to: 1_793_458_799_999 };
  const { from, to } = part;
  const [key, forced] = [null, EXECUTION.startedAt].map((forcedAt) => partKey(PLACE, part, forcedAt));

  expect(parsePartKey(String(key), PLACE, ITEM, null)).toEqual({ from, to });
  expect(parsePartKey(String(forced), PLACE, ITEM, EXECUTION.startedAt)).toEqual({ from, to });
  expect(parsePartKey(String(forced), PLACE, ITEM, null)).toBeUndefined();
  expect(parsePartKey(String(key), PLACE, ITEM, EXECUTION.startedAt)).toBeUndefined();
  expect(parsePartKey(`${partsPrefix(PLACE, ITEM)}notes.json`, PLACE, ITEM, null)).toBeUndefined();
});
