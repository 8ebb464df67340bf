import type { Duration, TimeZone } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Granularity } from './granularity';
import type { LogGroupSelection } from './log-group-selection';

/** Properties of a `LogArchiver`. */
export interface LogArchiverProps {
  /**
   * The log groups to archive, at most 100, in the account and Region of the archiver.
   *
   * @default - none yet; `addLogGroup` adds them
   */
  readonly logGroups?: ILogGroup[];

  /**
   * Which log groups to archive besides, however many, looked for whenever the archiver runs. A log group that two of
   * them select is archived once.
   *
   * @default - none yet; `addSelection` adds them
   */
  readonly selections?: LogGroupSelection[];

  /**
   * Where the objects go. CloudWatch Logs exports to buckets of its own Region only, of any account: that of an
   * `ArchiveBucket` is made for the archives of many.
   *
   * The archiver writes to a bucket of that account alone, whoever has its name: one that is imported is of the archiver's
   * account unless it says of which (`Bucket.fromBucketAttributes`).
   *
   * The policies of the bucket and of its customer-managed key are extended; where they cannot be, since they are imported,
   * a warning prints the statements. Those of an `ArchiveBucket` need no more.
   *
   * @default - a new bucket: no public access, TLS 1.2 only, encrypted with SSE-S3, owned by the bucket's owner,
   * versioned, and retained when it is removed from the stack
   */
  readonly bucket?: IBucket;

  /**
   * What every key starts with: `[<keyPrefix>/]YYYY/MM[/DD]/<s3Prefix>/<export task>/<log stream>/000000.gz`.
   *
   * In an `ArchiveBucket` it is the account, or starts with the account and `/`.
   *
   * @default - `<account>/<region>` in an `ArchiveBucket` and in a bucket of another account; else nothing: keys start with
   * the year
   */
  readonly keyPrefix?: string;

  /**
   * The time zone that decides where a month or day ends, and in which the schedule runs.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;

  /**
   * How long the periods are.
   *
   * @default Granularity.MONTHLY
   */
  readonly granularity?: Granularity;

  /**
   * How long after its end a period is archived: hours, at least 12. CloudWatch Logs may take 12 hours until an event
   * can be exported, so those that arrive in the last 12 hours before that, or later, may be missing.
   *
   * @default Duration.hours(24)
   */
  readonly settleTime?: Duration;

  /**
   * How many of the periods that ended last a run looks at, 1 to 36, to archive what is not archived yet: a month or day
   * that failed is tried again every day until so many more have ended. What no scheduled run has looked at,
   * since one took long or the schedule was off, is archived besides; an execution's `period` reaches further back.
   *
   * @default 3
   */
  readonly lookbackPeriods?: number;

  /**
   * Whether the schedule starts the archiver. Disabled, it archives when it is told to.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Where operators are told, once each: when a run fails, with the log groups that failed, the command that runs it again
   * and where its report is; when it timed out, was aborted or could not be started; and when none has succeeded for 51
   * hours. That last alarm is on until the first run has succeeded.
   *
   * A standard topic in the Region of the archiver. Its policy is extended; where it cannot be, since the topic is imported,
   * warnings print the statements. If it has a customer-managed key, import it with the key
   * (`Topic.fromTopicAttributes`): to publish takes the key, too.
   *
   * @default - nobody is told, and there are no alarms
   */
  readonly notificationTopic?: ITopic;

  /**
   * The customer-managed key of the bucket that the archiver makes, its log groups, its state machine and the schedule's
   * dead-letter queue; the `notificationTopic` has a key of its own, or none. It is of the account and Region of the
   * archiver, and no alias. A key of another stack knows the log groups by the name that the archiver's stack was
   * synthesized with. With another key, or none any more, a new state machine takes the place of the old one, and with it ends
   * a run that is at work: wait for its end.
   *
   * The key's policy is extended; where it cannot be, since the key is imported, warnings print the statements. Whoever
   * looks at a run needs `kms:Decrypt`.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: IKey;
}

/** How one log group is archived. */
export interface AddLogGroupOptions {
  /**
   * What follows the date in the keys of the log group's objects.
   *
   * No `/` at the start or end, no `//`, no segment `.` or `..`, no first segment of two digits; the key down to it at
   * most 464 bytes.
   *
   * @default - the name of the log group without its leading `/`; one that cannot be a key as it is, or has no `/` in front,
   * ends with a hash
   */
  readonly s3Prefix?: string;
}
