import { Stack } from 'aws-cdk-lib';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket } from '../../src';
import { newArchiver, TOKYO } from '../archiver-stack';

/** Imports a bucket of the environment of the tests, or of another one. */
export function importBucket(stack: Stack, environment: { account?: string; region?: string } = {}) {
  return Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'logs', ...TOKYO, ...environment });
}

type BucketCase = [name: string, message: string, createBucket: (stack: Stack) => unknown];

/** Lists buckets whose archives a construct cannot read, each with its error. */
export function createBucketCases(user: 'verifier' | 'table'): BucketCase[] {
  return [
    ['no bucket', `bucket is required: a ${user} reads the archive in it`, () => undefined],
    ['null', 'bucket must be a bucket, got null; use Bucket.fromBucketName', () => null],
    ['the name of a bucket', 'bucket must be a bucket, got "logs"; use Bucket.fromBucketName', () => 'logs'],
    [
      'an ArchiveBucket',
      'bucket must be a bucket, got an ArchiveBucket; pass its property bucket',
      (stack) => new ArchiveBucket(stack, 'Archive'),
    ],
    [
      'a LogArchiver',
      'bucket must be a bucket, got a LogArchiver; use Bucket.fromBucketName',
      (stack) => newArchiver(stack),
    ],
    [
      'a bucket of another account',
      `bucket must be in the account of the ${user}, 123456789012, got 999999999999`,
      (stack) => importBucket(stack, { account: '999999999999' }),
    ],
    [
      'a bucket of another Region',
      `bucket must be in the Region of the ${user}, ap-northeast-1, got eu-west-1`,
      (stack) => importBucket(stack, { region: 'eu-west-1' }),
    ],
    [
      'an archive bucket of another account',
      `bucket must be in the account of the ${user}, 123456789012, got 999999999999`,
      (stack) => ArchiveBucket.fromAttributes(stack, 'Archive', { account: '999999999999' }),
    ],
    [
      'a bucket of an environment-agnostic stack',
      `set env.account on the bucket's stack: the ${user} is in 123456789012, and the bucket's stack is ` +
        'environment-agnostic',
      (stack) => new ArchiveBucket(new Stack(stack.node.root, 'Other'), 'Archive').bucket,
    ],
    [
      'a bucket whose key is an alias',
      'bucket.encryptionKey must be a key, not an alias (IAM policies cannot refer to aliases); got alias/logs',
      (stack) => {
        const encryptionKey = Alias.fromAliasName(stack, 'Alias', 'alias/logs');
        return new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS, encryptionKey });
      },
    ],
    [
      'a bucket whose key is in another Region',
      `bucket.encryptionKey must be in the Region of the ${user}, ap-northeast-1, got eu-west-1`,
      (stack) => {
        const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/one');
        return Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'logs', ...TOKYO, encryptionKey });
      },
    ],
  ];
}
