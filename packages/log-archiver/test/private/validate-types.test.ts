import { Duration } from 'aws-cdk-lib';
import { StorageClass } from 'aws-cdk-lib/aws-s3';
import {
  ArchiveBucket,
  type ArchiveBucketProps,
  ArchiveRetention,
  type LogArchiverProps,
  LogGroupSelection,
} from '../../src';
import { importLogGroups, newArchiver, newStack } from '../archiver-stack';

/** Returns the value as an app in JavaScript passes it. */
// biome-ignore lint/suspicious/noExplicitAny: any value
const untyped = (value: unknown) => value as any;

describe('an argument of a wrong type, from an app in JavaScript', () => {
  it.each<[Record<keyof LogArchiverProps, unknown> extends infer Props ? Partial<Props> : never, string]>([
    [{ logGroups: '/a' }, 'logGroups must be an array, got "/a"'],
    [{ logGroups: ['/a'] }, 'each of logGroups must be a log group, got "/a"; use LogGroup.fromLogGroupName'],
    [{ logGroups: [undefined] }, 'each of logGroups must be a log group, got undefined; use LogGroup.fromLogGroupName'],
    [{ selections: LogGroupSelection.all() }, 'selections must be an array, got a LogGroupSelection'],
    [
      { selections: ['/a'] },
      'each of selections must be a LogGroupSelection, got "/a"; use LogGroupSelection.byPrefix',
    ],
    [{ bucket: 'archive' }, 'bucket must be a bucket, got "archive"; use Bucket.fromBucketName'],
    [{ bucket: new Date() }, 'bucket must be a bucket, got a Date; use Bucket.fromBucketName'],
    [{ keyPrefix: 1 }, 'keyPrefix must be a string, got 1'],
    [{ timeZone: 'Asia/Tokyo' }, 'timeZone must be a TimeZone, got "Asia/Tokyo"; use TimeZone.of'],
    [{ granularity: 1 }, 'granularity must be a string, got 1'],
    [{ settleTime: 24 }, 'settleTime must be a Duration, got 24; use Duration.hours or Duration.days'],
    [{ lookbackPeriods: '3' }, 'lookbackPeriods must be a number, got "3"'],
    [{ scheduleHour: '3' }, 'scheduleHour must be a number, got "3"'],
    [{ enabled: 'no' }, 'enabled must be a boolean, got "no"'],
    [{ notificationTopic: 'arn' }, 'notificationTopic must be an SNS topic, got "arn"; use Topic.fromTopicArn'],
    [{ encryptionKey: {} }, 'encryptionKey must be a KMS key, got an Object; use Key.fromKeyArn'],
    [{ encryptionKey: null }, 'encryptionKey must be a KMS key, got null; use Key.fromKeyArn'],
    [{ logRetention: '30' }, 'logRetention must be a number, got "30"'],
    [{ logRemovalPolicy: 1 }, 'logRemovalPolicy must be a string, got 1'],
    [{ vpc: 'vpc-1' }, 'vpc must be a VPC, got "vpc-1"; use Vpc.fromLookup'],
    [
      { vpcSubnets: ['subnet-1'] },
      'vpcSubnets must be a SubnetSelection, got an Array; use { subnets: … } or { subnetType: … }',
    ],
    [{ securityGroups: 'sg-1' }, 'securityGroups must be an array, got "sg-1"'],
    [
      { securityGroups: ['sg-1'] },
      'each of securityGroups must be a security group, got "sg-1"; use SecurityGroup.fromSecurityGroupId',
    ],
  ])('is rejected with its field: %#', (props, message) => {
    const stack = newStack();
    const logGroups = props.logGroups ?? importLogGroups(stack, '/a');
    expect(() => newArchiver(stack, untyped({ ...props, logGroups }))).toThrow(new Error(message));
  });

  it('is rejected if it is an ArchiveBucket in place of its bucket', () => {
    const stack = newStack();
    const bucket = untyped(new ArchiveBucket(stack, 'Archive'));
    expect(() => newArchiver(stack, { bucket })).toThrow(
      new Error('bucket must be a bucket, got an ArchiveBucket; pass its property bucket'),
    );
  });

  it('is rejected by the methods of an archiver', () => {
    const stack = newStack();
    const archiver = newArchiver(stack);
    const [logGroup] = importLogGroups(stack, '/a');
    expect(() => archiver.addLogGroup(untyped('/a'))).toThrow(
      new Error('log group must be a log group, got "/a"; use LogGroup.fromLogGroupName'),
    );
    expect(() => archiver.addLogGroup(logGroup, { s3Prefix: untyped(1) })).toThrow(
      new Error('s3Prefix must be a string, got 1'),
    );
    expect(() => archiver.addSelection(untyped(() => '/a'))).toThrow(
      new Error('each of selections must be a LogGroupSelection, got a function; use LogGroupSelection.byPrefix'),
    );
  });

  it.each<[() => unknown, string]>([
    [
      () => LogGroupSelection.fromLogGroups(untyped('/a')),
      'each of logGroups must be a log group, got "/a"; use LogGroup.fromLogGroupName',
    ],
    [() => LogGroupSelection.byPrefix(untyped(undefined)), 'prefix must be a string, got undefined'],
    [() => LogGroupSelection.byPattern(untyped(/a/)), 'pattern must be a string, got a RegExp'],
    [() => LogGroupSelection.byTag(untyped(1)), 'tag key must be a string, got 1'],
    [() => LogGroupSelection.byTag('team', untyped(['a'])), 'each of tag values must be a string, got an Array'],
    [
      () => LogGroupSelection.all().excluding(untyped('/a')),
      'each of selections must be a LogGroupSelection, got "/a"; use LogGroupSelection.byPrefix',
    ],
    [
      () =>
        ArchiveRetention.years(1, {
          transitions: [{ storageClass: StorageClass.GLACIER, transitionAfter: untyped(30) }],
        }),
      'transitionAfter must be a Duration, got 30; use Duration.hours or Duration.days',
    ],
  ])('is rejected by the factories: %#', (create, message) => {
    expect(create).toThrow(new Error(message));
  });

  it.each<[Record<keyof ArchiveBucketProps, unknown> extends infer Props ? Partial<Props> : never, string]>([
    [{ sourceAccounts: '111111111111' }, 'sourceAccounts must be an array, got "111111111111"'],
    [{ sourceAccounts: [111_111_111_111] }, 'each of sourceAccounts must be a string, got 111111111111'],
    [{ organizationId: 1 }, 'organizationId must be a string, got 1'],
    [{ bucketName: 1 }, 'bucketName must be a string, got 1'],
    [{ encryptionKey: 'alias/a' }, 'encryptionKey must be a KMS key, got "alias/a"; use Key.fromKeyArn'],
    [
      { objectLock: Duration.days(1) },
      'objectLock must be an ObjectLockRetention, got a Duration; use ObjectLockRetention.governance',
    ],
    [{ retention: 7 }, 'retention must be an ArchiveRetention, got 7; use ArchiveRetention.years'],
    [
      { serverAccessLogsBucket: 'logs' },
      'serverAccessLogsBucket must be a bucket, got "logs"; use Bucket.fromBucketName',
    ],
  ])('is rejected by an ArchiveBucket: %#', (props, message) => {
    expect(() => new ArchiveBucket(newStack(), 'Archive', untyped(props))).toThrow(new Error(message));
  });

  it('is rejected by ArchiveBucket.fromAttributes', () => {
    const account = untyped(111_111_111_111);
    expect(() => ArchiveBucket.fromAttributes(newStack(), 'Archive', { account })).toThrow(
      new Error('account must be a string, got 111111111111'),
    );
  });
});
