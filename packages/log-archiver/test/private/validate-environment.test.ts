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
const vault: Use = (stack, encryptionKey) => new ArchiveBucket(stack, 'Archive', { encryptionKey });
const topic: Use = (stack, masterKey) =>
  newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic', { masterKey }) });
const bucket: Use = (stack, encryptionKey) =>
  newArchiver(stack, { bucket: new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS, encryptionKey }) });
const importedArchiveBucket: Use = (stack, { keyArn: encryptionKeyArn }) =>
  ArchiveBucket.fromAttributes(stack, 'Archive', { account: ELSEWHERE.account, encryptionKeyArn });

describe.each<[string, Use, string, string]>([
  ['the encryptionKey of an archiver', archiver, 'encryptionKey', 'the archiver'],
  ['the key of its topic', topic, 'the key of notificationTopic', 'the archiver'],
  ['the key of its bucket', bucket, 'the key of bucket', 'the archiver'],
  ['the encryptionKey of an archive bucket', vault, 'encryptionKey', 'the bucket'],
  ['the encryptionKeyArn of one in another app', importedArchiveBucket, 'encryptionKeyArn', 'the bucket'],
])('%s', (_what, use, parameter, whose) => {
  it.each<[string, (stack: Stack) => IKey]>([
    ['an imported key', imported(IN_ANOTHER_REGION)],
    // It has the same id in each of its Regions, but not the same ARN.
    ['a replica', imported(keyArn(TOKYO.account, ELSEWHERE.region, 'key/mrk-1234'))],
  ])('is refused where it is %s of another Region', (_which, keyIn) => {
    const stack = newStack({ env: TOKYO });
    expect(() => use(stack, keyIn(stack))).toThrow(
      new Error(`${parameter} must be in the Region of ${whose}, ap-northeast-1, got eu-west-1`),
    );
  });

  it.each<[string, (stack: Stack) => IKey]>([
    ['an ARN', imported(keyArn(TOKYO.account, TOKYO.region, 'alias/logs'))],
    ['a name', (stack) => Alias.fromAliasName(stack, 'Alias', 'alias/logs')],
  ])('is refused where it is an alias, %s', (_which, keyIn) => {
    const stack = newStack({ env: TOKYO });
    expect(() => use(stack, keyIn(stack))).toThrow(
      new Error(`${parameter} must be a key, arn:…:key/…, since IAM policies know no alias, got alias/logs`),
    );
  });

  it('may be one of which nothing is known', () => {
    const stack = newStack({ env: TOKYO });
    const parameterOfArn = new CfnParameter(stack, 'KeyArn').valueAsString;
    expect(() => use(stack, Key.fromKeyArn(stack, 'Key', parameterOfArn))).not.toThrow();
    const anywhere = newStack();
    expect(() => use(anywhere, imported(IN_ANOTHER_REGION)(anywhere))).not.toThrow();
  });
});

it.each([archiver, topic, bucket, vault])('an alias of the app is refused, too', (use) => {
  const stack = newStack({ env: TOKYO });
  expect(() => use(stack, new Key(stack, 'Key').addAlias('alias/logs'))).toThrow('got alias/logs');
});

it.each<[keyof typeof ELSEWHERE, string]>([
  ['account', 'of the account of the bucket, 123456789012, got 999999999999'],
  ['region', 'in the Region of the bucket, ap-northeast-1, got eu-west-1'],
])('a serverAccessLogsBucket of another %s is refused to an archive bucket', (aspect, where) => {
  const stack = newStack({ env: TOKYO });
  const place = { ...TOKYO, [aspect]: ELSEWHERE[aspect] };
  const serverAccessLogsBucket = Bucket.fromBucketAttributes(stack, 'Logs', { bucketName: 'logs', ...place });
  expect(() => new ArchiveBucket(stack, 'Archive', { serverAccessLogsBucket })).toThrow(
    new Error(`serverAccessLogsBucket must be ${where}`),
  );
});

describe('a key of another account', () => {
  it('is refused to an archiver, whose log groups could not use it', () => {
    const stack = newStack({ env: TOKYO });
    const message = 'encryptionKey must be of the account of the archiver, 123456789012, got 999999999999';
    expect(() => archiver(stack, imported(IN_ANOTHER_ACCOUNT)(stack))).toThrow(new Error(message));
    const other = new Stack(stack.node.root, 'Other', { env: { ...TOKYO, account: ELSEWHERE.account } });
    expect(() => newArchiver(stack, { encryptionKey: new Key(other, 'Key') }, 'Second')).toThrow(new Error(message));
  });

  it('may be that of an archive bucket', () => {
    const stack = newStack({ env: TOKYO });
    expect(() => vault(stack, imported(IN_ANOTHER_ACCOUNT)(stack))).not.toThrow();
  });
});
