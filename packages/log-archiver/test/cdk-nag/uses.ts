import { App, Duration, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, type IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, ArchiveRetention, LogArchiver } from '../../src';

const REGION = 'ap-northeast-1';
const ACCOUNT = '123456789012';
const LOG_ARCHIVE = '999999999999';

/** The first example of the README. */
export function minimalUse(): LogArchiver {
  const stack = new Stack(new App(), 'Logs', { env: { region: REGION } });
  return new LogArchiver(stack, 'LogArchiver', {
    logGroups: [LogGroup.fromLogGroupName(stack, 'Checkout', '/aws/lambda/checkout')],
  });
}

/** All that can be asked for, into a vault of the same app unless told otherwise. */
export function hardenedUse(vaultIn = (app: App): IBucket => hardenedArchiveBucket(app).bucket): LogArchiver {
  const app = new App();
  const bucket = vaultIn(app);
  const stack = new Stack(app, 'Logs', { env: { account: ACCOUNT, region: REGION } });
  const encryptionKey = new Key(stack, 'Key', { enableKeyRotation: true });
  return new LogArchiver(stack, 'LogArchiver', {
    logGroups: [LogGroup.fromLogGroupName(stack, 'Checkout', '/aws/lambda/checkout')],
    bucket,
    encryptionKey,
    notificationTopic: new Topic(stack, 'Topic', { masterKey: encryptionKey, enforceSSL: true }),
  });
}

export function hardenedArchiveBucket(app: App): ArchiveBucket {
  const stack = new Stack(app, 'LogArchive', { env: { account: LOG_ARCHIVE, region: REGION } });
  return new ArchiveBucket(stack, 'Archive', {
    sourceAccounts: [ACCOUNT],
    encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
    objectLock: ObjectLockRetention.governance(Duration.days(365)),
    retention: ArchiveRetention.years(7),
    serverAccessLogsBucket: new Bucket(stack, 'AccessLogs', { enforceSSL: true }),
  });
}

/** Of another app, as its owner has told the name of its key. */
export function importedArchiveBucket(app: App): IBucket {
  return ArchiveBucket.fromAttributes(new Stack(app, 'Imports'), 'Archive', {
    account: LOG_ARCHIVE,
    bucketName: `log-archive-${LOG_ARCHIVE}-${REGION}`,
    encryptionKeyArn: `arn:aws:kms:${REGION}:${LOG_ARCHIVE}:key/01234567-89ab-cdef-0123-456789abcdef`,
  });
}
