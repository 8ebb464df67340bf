import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Alias, type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket } from '../../src';
import { newArchiver, newStack, TOKYO } from '../archiver-stack';

const keyArn = (account: string, region: string, name = 'key/12345678-1234-1234-1234-123456789012') =>
  `arn:aws:kms:${region}:${account}:${name}`;
const ELSEWHERE = { account: '999999999999', region: 'eu-west-1' };
const IN_ANOTHER_ACCOUNT = keyArn(ELSEWHERE.account, TOKYO.region);
const IN_ANOTHER_REGION = keyArn(TOKYO.account, ELSEWHERE.region);
const imported = (arn: string) => (stack: Stack) => Key.fromKeyArn(stack, 'Imported', arn);

type Use = (stack: Stack, encryptionKey: IKey) => unknown;
const archiver: Use = (stack, encryptionKey) => newArchiver(stack, { encryptionKey });
const archiveBucket: Use = (stack, encryptionKey) => new ArchiveBucket(stack, 'Archive', { encryptionKey });
const topic: Use = (stack, masterKey) =>
  newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic', { masterKey }) });
const bucket: Use = (stack, encryptionKey) =>
  newArchiver(stack, { bucket: new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS, encryptionKey }) });
const importedArchiveBucket: Use = (stack, { keyArn: encryptionKeyArn }) =>
  ArchiveBucket.fromAttributes(stack, 'Archive', { account: ELSEWHERE.account, encryptionKeyArn });

describe.each<[string, Use, string, string]>([
  ['encryptionKey of a LogArchiver', archiver, 'encryptionKey', 'archiver'],
  ['the key of a notificationTopic', topic, 'notificationTopic.masterKey', 'archiver'],
  ['the key of a bucket', bucket, 'bucket.encryptionKey', 'archiver'],
  ['encryptionKey of an ArchiveBucket', archiveBucket, 'encryptionKey', 'bucket'],
  ['encryptionKeyArn of an imported ArchiveBucket', importedArchiveBucket, 'encryptionKeyArn', 'bucket'],
])('%s', (_, use, field, user) => {
  it.each<[string, (stack: Stack) => IKey]>([
    ['an imported key', imported(IN_ANOTHER_REGION)],
    // A replica has the same ID in each of its Regions, but not the same ARN.
    ['a replica', imported(keyArn(TOKYO.account, ELSEWHERE.region, 'key/mrk-1234'))],
  ])('rejects %s of another Region', (_case, importKey) => {
    const stack = newStack({ env: TOKYO });
    expect(() => use(stack, importKey(stack))).toThrow(
      new Error(`${field} must be in the Region of the ${user}, ap-northeast-1, got eu-west-1`),
    );
  });

  it.each<[string, (stack: Stack) => IKey]>([
    ['an ARN', imported(keyArn(TOKYO.account, TOKYO.region, 'alias/logs'))],
    ['a name', (stack) => Alias.fromAliasName(stack, 'Alias', 'alias/logs')],
  ])('rejects an alias, given by %s', (_case, importKey) => {
    const stack = newStack({ env: TOKYO });
    expect(() => use(stack, importKey(stack))).toThrow(
      new Error(`${field} must be a key, not an alias (IAM policies cannot refer to aliases); got alias/logs`),
    );
  });

  it('accepts a key that is a token', () => {
    const stack = newStack({ env: TOKYO });
    const parameterOfArn = new CfnParameter(stack, 'KeyArn').valueAsString;
    expect(() => use(stack, Key.fromKeyArn(stack, 'Key', parameterOfArn))).not.toThrow();
    const anywhere = newStack();
    expect(() => use(anywhere, imported(IN_ANOTHER_REGION)(anywhere))).not.toThrow();
  });
});

it.each([archiver, topic, bucket, archiveBucket])('rejects an alias that the app creates: %#', (use) => {
  const stack = newStack({ env: TOKYO });
  expect(() => use(stack, new Key(stack, 'Key').addAlias('alias/logs'))).toThrow('got alias/logs');
});

it.each<[keyof typeof ELSEWHERE, string]>([
  ['account', 'in the account of the bucket, 123456789012, got 999999999999'],
  ['region', 'in the Region of the bucket, ap-northeast-1, got eu-west-1'],
])('rejects a serverAccessLogsBucket of another %s', (aspect, constraint) => {
  const stack = newStack({ env: TOKYO });
  const environment = { ...TOKYO, [aspect]: ELSEWHERE[aspect] };
  const serverAccessLogsBucket = Bucket.fromBucketAttributes(stack, 'Logs', { bucketName: 'logs', ...environment });
  expect(() => new ArchiveBucket(stack, 'Archive', { serverAccessLogsBucket })).toThrow(
    new Error(`serverAccessLogsBucket must be ${constraint}`),
  );
});

describe('a key of another account', () => {
  it('is rejected for a LogArchiver, whose log groups could not use it', () => {
    const stack = newStack({ env: TOKYO });
    const message = 'encryptionKey must be in the account of the archiver, 123456789012, got 999999999999';
    expect(() => archiver(stack, imported(IN_ANOTHER_ACCOUNT)(stack))).toThrow(new Error(message));
    const other = new Stack(stack.node.root, 'Other', { env: { ...TOKYO, account: ELSEWHERE.account } });
    expect(() => newArchiver(stack, { encryptionKey: new Key(other, 'Key') }, 'Second')).toThrow(new Error(message));
  });

  it('is accepted for an ArchiveBucket', () => {
    const stack = newStack({ env: TOKYO });
    expect(() => archiveBucket(stack, imported(IN_ANOTHER_ACCOUNT)(stack))).not.toThrow();
  });
});
