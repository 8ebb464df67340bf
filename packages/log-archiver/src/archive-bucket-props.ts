import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { ArchiveRetention } from './archive-retention';

/** Properties of an `ArchiveBucket`. */
export interface ArchiveBucketProps {
  /**
   * IDs of the accounts whose log groups are archived in the bucket, 12 digits each.
   *
   * At most 100, or 500 with an `organizationId`. Their log groups must be in the Region of the bucket. If you remove
   * an account, its objects no longer expire.
   *
   * @default - the account of the bucket
   */
  readonly sourceAccounts?: string[];

  /**
   * ID of the organization whose accounts may start exports to the bucket: `o-` and 10 to 32 lower-case letters and
   * digits.
   *
   * Required for more than 100 `sourceAccounts`. The log groups must still belong to the `sourceAccounts`.
   *
   * @default - only the `sourceAccounts` may start exports
   */
  readonly organizationId?: string;

  /**
   * IAM path of the roles of the archivers, whose `rolePath` must be the same. Only roles under it may use the bucket.
   *
   * Each source account must prevent others from creating or assuming roles under this path, for example with the SCP
   * in `docs/multi-account.md`. Must begin and end with `/`, with folders of letters, digits and `+=,.@_-`; at most 494
   * characters.
   *
   * @default /log-archiver/
   */
  readonly rolePath?: string;

  /**
   * Name of the bucket. It is known before deployment, so other accounts can refer to it.
   *
   * @default - `log-archive-{account}-{region}`
   */
  readonly bucketName?: string;

  /**
   * Customer-managed key of the bucket. Must be a key (not an alias) in the same Region.
   *
   * CloudWatch Logs and the source accounts are granted use of it for this bucket only. If the key is imported, add the
   * statements printed as a warning to its policy.
   *
   * @default - SSE-S3
   */
  readonly encryptionKey?: IKey;

  /**
   * Default Object Lock retention (compliance or governance), also for receipts.
   *
   * In compliance mode, no principal can delete a locked object version. In governance mode, only principals with
   * `s3:BypassGovernanceRetention` can.
   *
   * Without a lock, an overwritten version is deleted after 90 days, whatever `retention` says. With a lock, it is
   * deleted when the lock ends if that is later. With a `retention`, it must be as long as the retention: pass
   * `retention.duration`.
   *
   * @default - no Object Lock
   */
  readonly objectLock?: ObjectLockRetention;

  /**
   * Time for which archived objects are kept, and their storage classes. Must be as long as `objectLock`, if there is one.
   *
   * Applies only to archivers with the default `keyPrefix` (`<account>/<region>`). An S3 lifecycle rule selects objects
   * by prefix, so only a fixed prefix can leave receipts out. Objects under another prefix never expire (a warning is
   * printed).
   *
   * @default - objects never expire, and stay in S3 Standard
   */
  readonly retention?: ArchiveRetention;

  /**
   * Bucket for S3 server access logs, in the account and Region of the archive bucket.
   *
   * @default - no server access logs
   */
  readonly serverAccessLogsBucket?: IBucket;
}

/** Attributes of an `ArchiveBucket` that another app deploys. */
export interface ArchiveBucketAttributes {
  /** ID of the bucket's account, 12 digits. */
  readonly account: string;

  /**
   * Name of the bucket.
   *
   * @default - `log-archive-{account}-{region}`, with the Region of the stack
   */
  readonly bucketName?: string;

  /**
   * ARN of the bucket's customer-managed key. Must be a key (not an alias) in the same Region.
   *
   * @default - SSE-S3
   */
  readonly encryptionKeyArn?: string;
}
