import { type App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, type IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, ArchiveRetention, ArchiveVerifier, LogArchiver } from '../../src';
import { newApp } from '../archiver-stack';

const REGION = 'ap-northeast-1';
const ACCOUNT = '123456789012';
const LOG_ARCHIVE = '999999999999';

/** Creates the archiver of the first example of the README. */
export function createMinimalArchiver(): LogArchiver {
  const stack = new Stack(newApp(), 'Logs', { env: { region: REGION } });
  return new LogArchiver(stack, 'LogArchiver', {
    logGroups: [LogGroup.fromLogGroupName(stack, 'Checkout', '/aws/lambda/checkout')],
  });
}

/** Creates an archiver with all options, by default with an archive bucket of the same app. */
export function createHardenedArchiver(
  importBucket = (app: App): IBucket => createArchiveBucket(app).bucket,
): LogArchiver {
  const app = newApp();
  const bucket = importBucket(app);
  const stack = new Stack(app, 'Logs', { env: { account: ACCOUNT, region: REGION } });
  const encryptionKey = new Key(stack, 'Key', { enableKeyRotation: true });
  return new LogArchiver(stack, 'LogArchiver', {
    logGroups: [LogGroup.fromLogGroupName(stack, 'Checkout', '/aws/lambda/checkout')],
    bucket,
    encryptionKey,
    notificationTopic: new Topic(stack, 'Topic', { masterKey: encryptionKey, enforceSSL: true }),
  });
}

export function createArchiveBucket(app: App): ArchiveBucket {
  const stack = new Stack(app, 'LogArchive', { env: { account: LOG_ARCHIVE, region: REGION } });
  const retention = ArchiveRetention.years(7);
  return new ArchiveBucket(stack, 'Archive', {
    sourceAccounts: [ACCOUNT],
    encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
    objectLock: ObjectLockRetention.governance(retention.duration),
    retention,
    serverAccessLogsBucket: new Bucket(stack, 'AccessLogs', { enforceSSL: true }),
  });
}

/** Creates a verifier with all options. Its archive bucket is in the same stack. */
export function createArchiveVerifier(): ArchiveVerifier {
  const { bucket } = createArchiveBucket(newApp());
  const stack = Stack.of(bucket);
  return new ArchiveVerifier(stack, 'Verifier', {
    bucket,
    expect: [{ account: ACCOUNT, region: REGION }],
    notificationTopic: new Topic(stack, 'Topic', { enforceSSL: true }),
  });
}

/** Creates a verifier of an imported bucket with a `keyPrefix`, in a stack without an account. */
export function createMinimalVerifier(): ArchiveVerifier {
  const stack = new Stack(newApp(), 'LogArchive', { env: { region: REGION } });
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'logs');
  return new ArchiveVerifier(stack, 'Verifier', { bucket, keyPrefix: 'team' });
}

/** Imports the archive bucket of another app, with the ARN of its key. */
export function importArchiveBucket(app: App): IBucket {
  return ArchiveBucket.fromAttributes(new Stack(app, 'Imports'), 'Archive', {
    account: LOG_ARCHIVE,
    bucketName: `log-archive-${LOG_ARCHIVE}-${REGION}`,
    encryptionKeyArn: `arn:aws:kms:${REGION}:${LOG_ARCHIVE}:key/01234567-89ab-cdef-0123-456789abcdef`,
  });
}
