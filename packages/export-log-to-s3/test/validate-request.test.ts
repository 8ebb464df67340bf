import type { ArchiveItem, ExportLogToS3Request } from '@log-archiver/core';
import { exportLogToS3 } from '../src/export-log-to-s3';
import { validateRequest } from '../src/validate-request';
import { OCTOBER_REQUEST, octoberRequest } from './october-request';

const NOW = Date.parse('2026-11-02T03:00:05Z');

const ALLOWED: Record<keyof ArchiveItem, string> = {
  logGroupName: 'a text',
  s3Prefix: 'a text',
  period: 'a text',
  periodFrom: 'a time in milliseconds',
  periodTo: 'a time in milliseconds',
  from: 'a time in milliseconds',
  to: 'a time in milliseconds',
  destinationPrefix: 'a text',
  adoptAfter: 'a time in milliseconds or null',
  retentionInDays: 'a number of days or null',
  daysLost: 'a number of days or null',
  force: 'true or false',
  attempt: '1 or 2',
  part: '"DAY" or "HOUR" or null',
  slotDeadline: 'a time in milliseconds',
};
const FIELDS = Object.keys(ALLOWED) as (keyof ArchiveItem)[];

const WRONG_FOR_ALL: [unknown, string][] = [
  [undefined, 'nothing'],
  [{}, '{}'],
  [['/app/web'], '["/app/web"]'],
  ['', '""'],
  [0, '0'],
];
const WRONG_BY_KIND: Record<string, [unknown, string][]> = {
  'a text': [
    [null, 'null'],
    [1, '1'],
    [true, 'true'],
  ],
  'a time in milliseconds': [
    [null, 'null'],
    ['2026-10-01T00:00:00Z', '"2026-10-01T00:00:00Z"'],
    ['1790780400000', '"1790780400000"'],
    [1_790_780_400, '1790780400'],
    [999_999_999_999, '999999999999'],
    [1_790_780_400_000.5, '1790780400000.5'],
    [-1_790_780_400_000, '-1790780400000'],
  ],
  'a time in milliseconds or null': [
    ['1790780400000', '"1790780400000"'],
    [999_999_999_999, '999999999999'],
  ],
  'a number of days or null': [
    ['30', '"30"'],
    [-1, '-1'],
    [0.5, '0.5'],
  ],
  'true or false': [
    [null, 'null'],
    ['true', '"true"'],
  ],
  '1 or 2': [
    [null, 'null'],
    [3, '3'],
    ['1', '"1"'],
  ],
  '"DAY" or "HOUR" or null': [
    ['MONTH', '"MONTH"'],
    [false, 'false'],
  ],
};

const WRONG = FIELDS.flatMap((field) =>
  [...WRONG_FOR_ALL, ...(WRONG_BY_KIND[ALLOWED[field]] ?? [])].map(
    ([value, got]): [keyof ArchiveItem, unknown, string] => [field, value, got],
  ),
);

it.each(WRONG)('%s is refused when it is %p, and AWS is not called', async (field, value, got) => {
  const logs = { send: jest.fn() };
  const refusal = { name: 'InvalidArchiveRequest', message: `${field} must be ${ALLOWED[field]}, got ${got}` };

  await expect(exportLogToS3(octoberRequest({ [field]: value }), logs as never, () => NOW)).rejects.toMatchObject(
    refusal,
  );
  expect(logs.send).not.toHaveBeenCalled();
});

const refused = (message: string) => expect.objectContaining({ name: 'InvalidArchiveRequest', message });

it.each(FIELDS)('%s is refused when it is missing', (field) => {
  const { [field]: _, ...item } = OCTOBER_REQUEST.item;

  expect(() => validateRequest({ ...OCTOBER_REQUEST, item: item as ArchiveItem })).toThrow(
    refused(`${field} must be ${ALLOWED[field]}, got nothing`),
  );
});

it.each([
  ['undefined', undefined, 'nothing'],
  ['null', null, 'null'],
  ['empty', '', '""'],
  ['a number', 7, '7'],
])('s3BucketName is refused when it is %s', (_, s3BucketName, got) => {
  expect(() => validateRequest({ ...OCTOBER_REQUEST, s3BucketName: s3BucketName as string })).toThrow(
    refused(`s3BucketName must be a text, got ${got}`),
  );
});

it.each([
  ['no request', undefined, 's3BucketName'],
  ['no item', { s3BucketName: 'archive' }, 'logGroupName'],
  ['an item that is null', { s3BucketName: 'archive', item: null }, 'logGroupName'],
])('%s is refused by its first field', (_, request, field) => {
  expect(() => validateRequest(request as ExportLogToS3Request)).toThrow(
    refused(`${field} must be a text, got nothing`),
  );
});

it('a range that ends before it begins is refused', () => {
  const { from } = OCTOBER_REQUEST.item;

  expect(() => validateRequest(octoberRequest({ to: from - 1 }))).toThrow(
    refused(`to must be not earlier than from, ${from}, got ${from - 1}`),
  );
});

it.each<Partial<ArchiveItem>>([
  {},
  { from: OCTOBER_REQUEST.item.to },
  { from: 1_000_000_000_000, periodFrom: 1_000_000_000_000 },
  { adoptAfter: NOW, retentionInDays: 30, daysLost: 2, force: true, attempt: 2, part: 'DAY' },
  { part: 'HOUR' },
])('an item with %p is taken', (overrides) => {
  expect(() => validateRequest(octoberRequest(overrides))).not.toThrow();
});
