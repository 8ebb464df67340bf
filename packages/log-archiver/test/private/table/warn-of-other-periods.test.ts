import { Stack, TimeZone } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, ArchiveTable, type ArchiveTableProps, Granularity, type LogArchiverProps } from '../../../src';
import { getWarnings, newArchiver, newStack, TOKYO } from '../../archiver-stack';

const ZONED = { timeZone: TimeZone.ASIA_TOKYO };
const DAILY = { granularity: Granularity.DAILY };

/** Creates a table, and after it an archiver with the same bucket, and returns the warnings about the table. */
function findWarnings(table: Partial<ArchiveTableProps>, archiver: LogArchiverProps): string[] {
  const stack = newStack({ env: TOKYO });
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'logs');
  new ArchiveTable(stack, 'Table', { bucket, ...table });
  newArchiver(stack, { bucket: Bucket.fromBucketName(stack, 'Again', 'logs'), ...archiver });
  return listWarnings(stack);
}

const listWarnings = (stack: Stack) =>
  getWarnings(stack).flatMap(([path, text]) => (path === '/Stack/Table' ? [text.replace(/ \[ack: .*/, '')] : []));

const createWarning = (expected: string, got: string) =>
  `granularity and timeZone should be those of an archiver of the bucket, ${expected}, got ${got}: the table does not ` +
  'find what these archivers archive';

it.each<[string, Partial<ArchiveTableProps>, LogArchiverProps, string, string]>([
  ['another time zone', {}, ZONED, 'MONTHLY and Asia/Tokyo', 'MONTHLY and Etc/UTC'],
  ['another granularity', DAILY, {}, 'MONTHLY and Etc/UTC', 'DAILY and Etc/UTC'],
])('warns of a table with %s than the archiver of its bucket', (_, table, archiver, expected, got) => {
  expect(findWarnings(table, archiver)).toEqual([createWarning(expected, got)]);
});

it.each<[string, Partial<ArchiveTableProps>, LogArchiverProps]>([
  ['has those of the archiver', { ...ZONED, ...DAILY }, { ...ZONED, ...DAILY }],
  ['has another key prefix', { keyPrefix: 'other' }, ZONED],
  ['has another bucket', {}, { ...ZONED, bucket: undefined }],
])('does not warn of a table that %s', (_, table, archiver) => {
  expect(findWarnings(table, archiver)).toEqual([]);
});

it.each<[string[], string[]]>([
  [['Asia/Tokyo'], [createWarning('MONTHLY and Asia/Tokyo', 'MONTHLY and Etc/UTC')]],
  [['Asia/Tokyo', 'Etc/UTC'], []],
  [[], []],
])('warns of a table of an archive bucket unless an archiver has its time zone: %p', (zones, warnings) => {
  const stack = newStack({ env: TOKYO });
  const sourceAccounts = ['111111111111', '222222222222'];
  const { bucket } = new ArchiveBucket(stack, 'Archive', { sourceAccounts });
  new ArchiveTable(stack, 'Table', { bucket });
  zones.forEach((zone, i) => {
    const source = new Stack(stack.node.root, `Source${i}`, { env: { ...TOKYO, account: sourceAccounts[i] } });
    newArchiver(source, { bucket, timeZone: TimeZone.of(zone) });
  });
  expect(listWarnings(stack)).toEqual(warnings);
});
