import type { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/** Account and Region that must have a `LogArchiver`. */
export interface ExpectedArchiver {
  /** ID of the account, 12 digits. */
  readonly account: string;

  /** Region, such as `eu-west-1`. */
  readonly region: string;
}

/** Properties of an `ArchiveVerifier`. */
export interface ArchiveVerifierProps {
  /**
   * Bucket of the archive, in the account and Region of the verifier: the `bucket` of an `ArchiveBucket`, or of a
   * `LogArchiver` without one.
   *
   * In an `ArchiveBucket`, the verifier finds all archivers.
   */
  readonly bucket: IBucket;

  /**
   * `keyPrefix` of the archiver, if the bucket is not an `ArchiveBucket`. In an `ArchiveBucket`, it is an error.
   *
   * @default - none: keys start with the year
   */
  readonly keyPrefix?: string;

  /**
   * Accounts that must have an archiver in this bucket, all in its Region. An account without one is `MISSING`, and an
   * archiver that has not reported for 3 days is `STALE`.
   *
   * Archivers that are not expected may have been removed. Only a changed archive is then a fault.
   *
   * @default - none, so that no account is missing, and every archiver must be complete
   */
  readonly expect?: ExpectedArchiver[];

  /**
   * Archive buckets of other Regions in the same account, each with a verifier of its own.
   *
   * Their archivers become part of the table, alarm and notification of this verifier, so that one is enough for an
   * organization. A verifier that has written no table for 40 days is a fault.
   *
   * @default - none
   */
  readonly otherBuckets?: IBucket[];

  /**
   * Longest time between two verifications of a receipt and its objects: whole days, 32 to 3,653. Runs start once a
   * month, and each verifies the new periods and a share of the others.
   *
   * @default Duration.days(365)
   */
  readonly verifyEvery?: Duration;

  /**
   * Time after which the bucket expires archived objects, in whole days. Objects of older receipts are not compared.
   *
   * Required if another app sets a lifecycle rule of the bucket: without it, expired objects are reported as missing.
   *
   * @default - the `retention` of the `ArchiveBucket`; if there is none, objects never expire
   */
  readonly retention?: Duration;

  /**
   * Topic for operator notifications.
   *
   * One message is published when a run finds an archiver at fault, with the worst first, and when a run fails, times
   * out, is aborted or cannot start. Must be a standard topic in the Region of the verifier.
   *
   * @default - no notifications
   */
  readonly notificationTopic?: ITopic;

  /**
   * IAM path of the roles that the verifier creates.
   *
   * Must begin and end with `/`, with folders of letters, digits and `+=,.@_-`; at most 494 characters.
   *
   * @default - the `rolePath` of the `ArchiveBucket`; `/log-archiver/` if it is not known
   */
  readonly rolePath?: string;
}
