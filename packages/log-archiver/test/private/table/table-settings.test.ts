import { Duration, Lazy, Size, type Stack, TimeZone } from 'aws-cdk-lib';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { ArchiveBucket, ArchiveTable, type ArchiveTableProps } from '../../../src';
import { newStack, TOKYO } from '../../archiver-stack';
import { createBucketCases, importBucket } from '../read-bucket-cases';

function expectError(createProps: (stack: Stack) => object, message: string) {
  const stack = newStack({ env: TOKYO });
  const props = createProps(stack);
  expect(() => new ArchiveTable(stack, 'Table', props as ArchiveTableProps)).toThrow(new Error(message));
}

it.each(createBucketCases('table'))('rejects %s', (_, message, createBucket) => {
  expectError((stack) => ({ bucket: createBucket(stack) }), message);
});

it.each<[string, string, (stack: Stack) => object]>([
  [
    'a keyPrefix that cannot be one',
    'keyPrefix must not start or end with / or contain //, got "logs/"',
    () => ({ keyPrefix: 'logs/' }),
  ],
  [
    'an unknown granularity',
    'granularity must be one of MONTHLY, DAILY, got "HOURLY"',
    () => ({ granularity: 'HOURLY' }),
  ],
  [
    'the name of a time zone',
    'timeZone must be a TimeZone, got "Asia/Tokyo"; use TimeZone.of',
    () => ({ timeZone: 'Asia/Tokyo' }),
  ],
  ['a number as scan limit', 'scanLimit must be a Size, got 5; use Size.gibibytes', () => ({ scanLimit: 5 })],
  [
    'a Duration as scan limit',
    'scanLimit must be a Size, got a Duration; use Size.gibibytes',
    () => ({ scanLimit: Duration.days(1) }),
  ],
  [
    'a scan limit that Athena would reject',
    'scanLimit must be a whole number of bytes, at least 10,000,000, got 9999999',
    () => ({ scanLimit: Size.bytes(9_999_999) }),
  ],
  [
    'a scan limit that is a token',
    'scanLimit must be known at synthesis, got a token',
    () => ({ scanLimit: Size.gibibytes(Lazy.number({ produce: () => 1 })) }),
  ],
  [
    'an alias as key',
    'encryptionKey must be a key, not an alias (IAM policies cannot refer to aliases); got alias/logs',
    (stack) => ({ encryptionKey: Alias.fromAliasName(stack, 'Alias', 'alias/logs') }),
  ],
  [
    'a key of another Region',
    'encryptionKey must be in the Region of the table, ap-northeast-1, got eu-west-1',
    (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/one') }),
  ],
])('rejects %s', (_, message, createProps) => {
  expectError((stack) => ({ bucket: importBucket(stack), ...createProps(stack) }), message);
});

it('rejects an unknown time zone', () => {
  const props = { timeZone: TimeZone.of('Asia/Tokio') };
  expect(() => {
    const stack = newStack({ env: TOKYO });
    new ArchiveTable(stack, 'Table', { bucket: importBucket(stack), ...props });
  }).toThrow(/timeZone must be .*Asia\/Tokio/);
});

it('rejects a keyPrefix with an archive bucket', () => {
  expectError(
    (stack) => ({ bucket: new ArchiveBucket(stack, 'Archive').bucket, keyPrefix: '123456789012/team' }),
    'keyPrefix must not be set for an ArchiveBucket (the table reads the archives of all accounts), got "123456789012/team"',
  );
});
