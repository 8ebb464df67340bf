import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { ArchiveRetention } from './archive-retention';

/** Properties of an `ArchiveBucket`. */
export interface ArchiveBucketProps {
  /**
   * The accounts whose log groups are archived here, 12 digits each, at most 200, or 500 with an `organizationId`. Their
   * log groups are in the Region of the bucket. Of an account that is taken out again, what it archived is kept for ever.
   *
   * @default - the account of the bucket
   */
  readonly sourceAccounts?: string[];

  /**
   * The organization whose accounts start the exports: `o-` and 10 to 32 letters and digits. The log groups have to be of
   * the `sourceAccounts` nevertheless.
   *
   * @default - the `sourceAccounts` start them
   */
  readonly organizationId?: string;

  /**
   * The name of the bucket. It is known before the bucket is there, so that other accounts can be told it.
   *
   * @default - `log-archive-<account>-<region>`
   */
  readonly bucketName?: string;

  /**
   * The customer-managed key of the bucket. CloudWatch Logs and the callers are let use it, for this bucket alone; where
   * its policy cannot be changed, since the key is imported, a warning prints the statements.
   *
   * @default - SSE-S3
   */
  readonly encryptionKey?: IKey;

  /**
   * How long no version of an object can be deleted: by nobody (compliance), or by those alone who may bypass it
   * (governance). It holds for receipts, too. With a `retention`, however long, what a source account overwrites
   * is deleted 90 days later, or when the lock ends if that is later: lock objects for as long as they have to be kept.
   *
   * @default - no Object Lock
   */
  readonly objectLock?: ObjectLockRetention;

  /**
   * How long the archived objects are kept, and in which storage classes, at least as long as `objectLock` lasts.
   *
   * It reaches the keys of archivers with the default `keyPrefix`, `<account>/<region>`: S3 can pass over receipts by the
   * start of keys alone. What is archived below another one is kept for ever, and a warning says so.
   *
   * @default - for ever, in S3 Standard
   */
  readonly retention?: ArchiveRetention;

  /**
   * Where S3 writes who asked for what, in the account and Region of the bucket.
   *
   * @default - nowhere
   */
  readonly serverAccessLogsBucket?: IBucket;
}

/** What an archiver of another app has to know of an `ArchiveBucket`. */
export interface ArchiveBucketAttributes {
  /** The account of the bucket, 12 digits. */
  readonly account: string;

  /**
   * The name of the bucket.
   *
   * @default - `log-archive-<account>-<region>`, with the Region of the stack
   */
  readonly bucketName?: string;

  /**
   * The ARN of the bucket's customer-managed key.
   *
   * @default - SSE-S3
   */
  readonly encryptionKeyArn?: string;
}
