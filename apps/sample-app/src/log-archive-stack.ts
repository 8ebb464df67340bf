import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type IBucket, ObjectLockRetention, StorageClass } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, ArchiveRetention, ArchiveVerifier } from 'cdk-log-archiver';
import type { Construct } from 'constructs';

export interface LogArchiveStackProps extends StackProps {
  /** Accounts whose log groups are archived into this bucket. */
  readonly sourceAccounts: string[];
  /** Longest time between two verifications of an archived object. @default - a year */
  readonly verifyEvery?: Duration;
}

/** The archive bucket of one Region and its verifier, in the log-archive account. */
export class LogArchiveStack extends Stack {
  public readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: LogArchiveStackProps) {
    super(scope, id, props);
    const retention = ArchiveRetention.years(7, {
      transitions: [{ storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(30) }],
    });
    const archive = new ArchiveBucket(this, 'Archive', {
      sourceAccounts: props.sourceAccounts,
      encryptionKey: new Key(this, 'Key', { enableKeyRotation: true }),
      objectLock: ObjectLockRetention.governance(retention.duration),
      retention,
    });
    this.bucket = archive.bucket;
    new ArchiveVerifier(this, 'Verifier', {
      bucket: archive.bucket,
      expect: props.sourceAccounts.map((account) => ({ account, region: this.region })),
      verifyEvery: props.verifyEvery,
    });
  }
}
