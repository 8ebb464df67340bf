import type { Duration, RemovalPolicy, TimeZone } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Granularity } from './granularity';
import type { LogGroupSelection } from './log-group-selection';

/** Properties of a `LogArchiver`. */
export interface LogArchiverProps {
  /**
   * Log groups to archive, at most 100, in the account and Region of the archiver.
   *
   * @default - none; add them with `addLogGroup`
   */
  readonly logGroups?: ILogGroup[];

  /**
   * Selections that find log groups at the start of each run, in addition to `logGroups`.
   *
   * The number of log groups that they find is not limited. A log group that several selections find is archived once.
   *
   * @default - none; add them with `addSelection`
   */
  readonly selections?: LogGroupSelection[];

  /**
   * Destination bucket, in the same Region, in any account. For a bucket shared by many accounts use `ArchiveBucket`.
   *
   * Import a bucket of another account with `Bucket.fromBucketAttributes({ account, … })`: without `account`, an
   * imported bucket is taken for the archiver's own account. The archiver refuses to write to a bucket owned by another
   * account.
   *
   * The archiver adds statements to the policies of the bucket and of its customer-managed key. If one of them is
   * imported, a warning prints the statements to add. An `ArchiveBucket` needs no more statements.
   *
   * @default - a new bucket: no public access, TLS 1.2, SSE-S3, ownership enforced, versioned, and retained when it is
   * removed from the stack
   */
  readonly bucket?: IBucket;

  /**
   * Start of every key: `[<keyPrefix>/]YYYY/MM[/DD]/<s3Prefix>/<export task>/<log stream>/000000.gz`.
   *
   * Must not start or end with `/` or contain `//`; at most 443 bytes. In an `ArchiveBucket`, it must be the account
   * ID, or start with the account ID and `/`.
   *
   * @default - `{account}/{region}` in an `ArchiveBucket` and in a bucket of another account; otherwise none, so that
   * keys start with the year
   */
  readonly keyPrefix?: string;

  /**
   * IANA time zone in which periods end, and in which the schedule runs.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;

  /**
   * Length of a period.
   *
   * @default Granularity.MONTHLY
   */
  readonly granularity?: Granularity;

  /**
   * Time to wait after a period ends before archiving it; whole hours, at least 12.
   *
   * Events take up to 12 hours to become exportable, so later arrivals may be missed.
   *
   * @default Duration.hours(24)
   */
  readonly settleTime?: Duration;

  /**
   * Number of most recent periods that each run checks (1 to 36).
   *
   * A failed period is retried daily while it is among them. A run also checks the periods that no scheduled run has
   * checked yet, for example after the schedule was disabled. For older periods, start an execution with `period`.
   *
   * @default 3
   */
  readonly lookbackPeriods?: number;

  /**
   * Hour of the day at which the schedule starts a run (0 to 23), in `timeZone`.
   *
   * A run archives the periods that have settled by then. So each period is archived within a day after it has settled,
   * whatever the hour. The longer a settled period waits, the less time is left before retention removes its events.
   *
   * If a clock change skips the hour, no run starts on that day; the next day's run archives what is due.
   *
   * @default - three hours after the hour at which periods have settled; 3 with a `settleTime` of 24 hours
   */
  readonly scheduleHour?: number;

  /**
   * Whether the schedule starts runs. If not, start executions of the state machine yourself.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * IAM path of the roles that the archiver creates. Each function's role is in a folder of its own below it, such as
   * `/log-archiver/plan-archive/`.
   *
   * Must begin and end with `/`, with folders of letters, digits and `+=,.@_-`; at most 494 characters. An
   * `ArchiveBucket`, and a bucket of another account, admit only roles under this path, so it must be the `rolePath` of
   * the `ArchiveBucket`. A precreated role (`Role.customizeRoles`) must have the path that the archiver would give it.
   *
   * @default /log-archiver/
   */
  readonly rolePath?: string;

  /**
   * Topic for operator notifications.
   *
   * One message is published when a run fails, finds a loss or has a new warning, when it times out, is aborted or
   * cannot start, and when no run has succeeded on two days. Alarms also notify when a period stays incomplete for two
   * periods, when retention will remove unarchived events within 3 days, and when an alarm ends. The message of a run
   * has the log groups, the report, and the command to retry.
   *
   * Must be a standard topic in the Region of the archiver. The archiver adds a statement for alarms to its policy; if
   * the topic is imported, warnings print the statements to add. If the topic has a customer-managed key, import it with
   * the key (`Topic.fromTopicAttributes`), because publishing requires the key.
   *
   * @default - no notifications and no alarms
   */
  readonly notificationTopic?: ITopic;

  /**
   * Customer-managed key for everything that the archiver creates: bucket, log groups, state machine and dead-letter
   * queue.
   *
   * Must be a key (not an alias) in the same account and Region. Changing or removing it replaces the state machine and
   * stops a run in progress, so wait for the run to finish first.
   *
   * The archiver adds statements to the key's policy; if the key is imported, warnings print the statements to add. A
   * key of another stack admits the log groups by the stack name with which the archiver was synthesized. Reading a
   * run's input and output requires `kms:Decrypt`. The `notificationTopic` uses its own key, if it has one.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: IKey;

  /**
   * Retention of the archiver's own log groups, those of its functions and of its state machine, in days.
   *
   * Does not change the log groups to archive.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * Removal policy of the archiver's own log groups, those of its functions and of its state machine.
   *
   * `SNAPSHOT` is an error. The log group of the state machine has a fixed name: if it is retained, delete it before you
   * deploy the same stack again.
   *
   * @default - the log groups of the functions are retained, the one of the state machine is deleted
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * VPC to which the four functions are connected, in the Region of the archiver.
   *
   * Without a route to the internet, the VPC needs endpoints for `logs`, `states` and `s3`. Their policies must allow
   * the destination bucket.
   *
   * @default - the functions are not connected to a VPC
   */
  readonly vpc?: IVpc;

  /**
   * Subnets of the functions. They must be private: a function has no public IP address.
   *
   * Setting `vpcSubnets` without `vpc` is an error.
   *
   * @default - the private subnets of the `vpc`: those with egress, or isolated ones if there are none
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Security groups of the functions, at least one. They must allow egress to port 443 of the endpoints.
   *
   * Setting `securityGroups` without `vpc` is an error.
   *
   * @default - a new security group for each function, which allows all egress
   */
  readonly securityGroups?: ISecurityGroup[];
}

/** Options of `LogArchiver.addLogGroup`. */
export interface AddLogGroupOptions {
  /**
   * Part of the objects' keys after the date.
   *
   * Must not start or end with `/`, contain `//` or a segment `.` or `..`, or begin with a two-digit segment. The key
   * up to and including it can have at most 464 bytes.
   *
   * @default - the name of the log group without its leading `/`; a hash is appended if the name is not a valid key or
   * does not start with `/`
   */
  readonly s3Prefix?: string;
}
