import type { Clients } from '@log-archiver/aws-clients/create-clients';
import type { ArchiveItem, ExportLogToS3Request, Loss } from '@log-archiver/core';
import { exportLogToS3 } from '../src/export-log-to-s3';
import { validateRequest } from '../src/validate-request';
import { OCTOBER_REQUEST, octoberRequest } from './october-request';

const NOW = Date.parse('2026-11-02T03:00:05Z');

const ALLOWED: Record<keyof ArchiveItem, string> = {
  logGroupName: 'a non-empty string',
  s3Prefix: 'a non-empty string',
  period: 'a non-empty string',
  periodFrom: 'a time in milliseconds since the epoch',
  periodTo: 'a time in milliseconds since the epoch',
  previousPeriod: 'an object',
  from: 'a time in milliseconds since the epoch',
  to: 'a time in milliseconds since the epoch',
  destinationPrefix: 'a non-empty string',
  taskName: 'a non-empty string',
  adoptAfter: 'a time in milliseconds since the epoch or null',
  logGroup: 'an object',
  losses: 'an array',
  force: 'a boolean',
  attempt: '1 or 2',
  part: '"DAY" or "HOUR" or null',
  slotDeadline: 'a time in milliseconds since the epoch',
};
const FIELDS = Object.keys(ALLOWED) as (keyof ArchiveItem)[];

const WRONG_FOR_ALL: [unknown, string][] = [
  [undefined, 'undefined'],
  ['', '""'],
  [0, '0'],
];
const WRONG_BY_KIND: Record<string, [unknown, string][]> = {
  'a non-empty string': [
    [null, 'null'],
    [{}, '{}'],
    [['/app/web'], '["/app/web"]'],
    [1, '1'],
    [true, 'true'],
  ],
  'a time in milliseconds since the epoch': [
    [null, 'null'],
    ['2026-10-01T00:00:00Z', '"2026-10-01T00:00:00Z"'],
    ['1790780400000', '"1790780400000"'],
    [1_790_780_400, '1790780400'],
    [999_999_999_999, '999999999999'],
    [1_790_780_400_000.5, '1790780400000.5'],
    [-1_790_780_400_000, '-1790780400000'],
  ],
  'a time in milliseconds since the epoch or null': [
    ['1790780400000', '"1790780400000"'],
    [999_999_999_999, '999999999999'],
  ],
  'an object': [
    [null, 'null'],
    [[], '[]'],
  ],
  'an array': [
    [null, 'null'],
    [{}, '{}'],
  ],
  'a boolean': [
    [{}, '{}'],
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

it.each(WRONG)('rejects %s with the value %p and does not call AWS', async (field, value, got) => {
  const send = jest.fn();
  const clients = { logs: { send } as unknown as Clients['logs'], now: () => NOW, wait: async () => {} };
  const refusal = { name: 'InvalidArchiveRequest', message: `${field} must be ${ALLOWED[field]}, got ${got}` };

  await expect(exportLogToS3(octoberRequest({ [field]: value }), clients)).rejects.toMatchObject(refusal);
  expect(send).not.toHaveBeenCalled();
});

const refusal = (message: string) => expect.objectContaining({ name: 'InvalidArchiveRequest', message });

it.each(FIELDS)('rejects a request without %s', (field) => {
  const { [field]: _, ...item } = OCTOBER_REQUEST.item;

  expect(() => validateRequest({ ...OCTOBER_REQUEST, item: item as ArchiveItem })).toThrow(
    refusal(`${field} must be ${ALLOWED[field]}, got undefined`),
  );
});

it.each([
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['empty', '', '""'],
  ['a number', 7, '7'],
])('rejects an s3BucketName that is %s', (_, s3BucketName, got) => {
  expect(() => validateRequest({ ...OCTOBER_REQUEST, s3BucketName: s3BucketName as string })).toThrow(
    refusal(`s3BucketName must be a non-empty string, got ${got}`),
  );
});

it.each([
  ['no request', undefined, 's3BucketName'],
  ['no item', { s3BucketName: 'archive' }, 'logGroupName'],
  ['an item that is null', { s3BucketName: 'archive', item: null }, 'logGroupName'],
])('rejects %s and names its first field', (_, request, field) => {
  expect(() => validateRequest(request as ExportLogToS3Request)).toThrow(
    refusal(`${field} must be a non-empty string, got undefined`),
  );
});

it.each<[string, unknown, string, string]>([
  ['logGroupClass', '', 'a non-empty string', '""'],
  ['createdAt', -1, 'a time in milliseconds since the epoch', '-1'],
  ['createdAt', null, 'a time in milliseconds since the epoch', 'null'],
  ['createdAt', '2026-09-01', 'a time in milliseconds since the epoch', '"2026-09-01"'],
  ['retentionInDays', '30', 'a positive whole number of days or null', '"30"'],
  ['retentionInDays', 0, 'a positive whole number of days or null', '0'],
  ['retentionInDays', -1, 'a positive whole number of days or null', '-1'],
  ['retentionInDays', 0.5, 'a positive whole number of days or null', '0.5'],
  ['retentionInDays', undefined, 'a positive whole number of days or null', 'undefined'],
  ['removedBefore', 'yesterday', 'a time in milliseconds since the epoch or null', '"yesterday"'],
  ['removedBefore', undefined, 'a time in milliseconds since the epoch or null', 'undefined'],
  ['deletionProtectionEnabled', 'true', 'a boolean', '"true"'],
  ['dataProtectionStatus', '', 'a non-empty string or null', '""'],
])('rejects logGroup.%s with the value %p', (field, value, allowed, got) => {
  const logGroup = { ...OCTOBER_REQUEST.item.logGroup, [field]: value };

  expect(() => validateRequest(octoberRequest({ logGroup }))).toThrow(
    refusal(`logGroup.${field} must be ${allowed}, got ${got}`),
  );
});

it.each<[string, unknown, string, string]>([
  ['cause', 'Lost', '"RetentionExpired" or "LogGroupDeleted" or "LogGroupRecreated"', '"Lost"'],
  ['from', 1_790_780_400_000, 'an ISO 8601 instant in UTC', '1790780400000'],
  ['from', '2026-10-01', 'an ISO 8601 instant in UTC', '"2026-10-01"'],
  ['from', '2026-10-01T00:00:00+09:00', 'an ISO 8601 instant in UTC', '"2026-10-01T00:00:00+09:00"'],
  ['to', '2026-10-99T00:00:00Z', 'an ISO 8601 instant in UTC', '"2026-10-99T00:00:00Z"'],
  ['to', undefined, 'an ISO 8601 instant in UTC', 'undefined'],
])('rejects losses[1].%s with the value %p', (field, value, allowed, got) => {
  const loss: Loss = { cause: 'LogGroupRecreated', from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' };
  const losses = [loss, { ...loss, [field]: value }];

  expect(() => validateRequest(octoberRequest({ losses }))).toThrow(
    refusal(`losses[1].${field} must be ${allowed}, got ${got}`),
  );
});

it('rejects a range that ends before it begins', () => {
  const { from } = OCTOBER_REQUEST.item;

  expect(() => validateRequest(octoberRequest({ to: from - 1 }))).toThrow(
    refusal(`to must not be earlier than from (${from}), got ${from - 1}`),
  );
});

it.each<Partial<ArchiveItem>>([
  {},
  { from: OCTOBER_REQUEST.item.to },
  { from: 1_000_000_000_000, periodFrom: 1_000_000_000_000 },
  { adoptAfter: NOW, force: true, attempt: 2, part: 'DAY' },
  {
    logGroup: {
      logGroupClass: 'INFREQUENT_ACCESS',
      createdAt: 0,
      retentionInDays: 30,
      removedBefore: NOW,
      deletionProtectionEnabled: true,
      dataProtectionStatus: 'ACTIVATED',
    },
  },
  { losses: [{ cause: 'LogGroupRecreated', from: '2026-09-30T15:00:00.000Z', to: '2026-10-20T09:59:59.999Z' }] },
  { part: 'HOUR' },
])('accepts an item with %p', (overrides) => {
  expect(() => validateRequest(octoberRequest(overrides))).not.toThrow();
});
