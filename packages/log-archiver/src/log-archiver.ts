import { TimeZone, Token } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Frequency } from './frequency';
import { ArchiveDestination } from './private/archive-destination';
import { ArchiveFunction } from './private/archive-function';
import { ArchiveSchedule } from './private/archive-schedule';
import { ArchiveWorkflow } from './private/archive-workflow';
import { validateTimeZone } from './private/core';
import { ExportPermissions } from './private/export-permissions';
import { LogGroupList } from './private/log-group-list';

/** Properties of a `LogArchiver`. */
export interface LogArchiverProps {
  /**
   * The log groups to archive, at most 100, in the account and Region of the archiver.
   *
   * @default - none yet; `addLogGroup` adds them
   */
  readonly logGroups?: ILogGroup[];

  /**
   * Where the objects go. CloudWatch Logs exports to buckets of its own Region only.
   *
   * The bucket's policy is extended; where it cannot be, since the bucket is imported, a warning prints the statements.
   *
   * @default - a new bucket: no public access, TLS 1.2 only, encrypted with SSE-S3, owned by the bucket's owner,
   * versioned, and retained when it is removed from the stack
   */
  readonly bucket?: IBucket;

  /**
   * What every key starts with: `[<keyPrefix>/]YYYY/MM[/DD]/<s3Prefix>/<export task>/<log stream>/000000.gz`.
   *
   * @default - nothing: keys start with the year
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
   * @default Frequency.MONTHLY
   */
  readonly frequency?: Frequency;

  /**
   * Whether the schedule starts the archiver. Disabled, it archives when it is told to.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/** How one log group is archived. */
export interface AddLogGroupOptions {
  /**
   * What follows the date in the keys of the log group's objects.
   *
   * No `/` at the start or end, no `//`, no segment `.` or `..`, no first segment of two digits; the key down to it at
   * most 464 bytes.
   *
   * @default - the name of the log group without its leading `/`
   */
  readonly s3Prefix?: string;
}

const LOG_ARCHIVER_SYMBOL = Symbol.for('cdk-log-archiver.LogArchiver');

/**
 * Copies every finished month or day of a set of log groups to S3.
 *
 * On a schedule, a state machine exports one log group after the other, as CloudWatch Logs runs one export task an
 * account and Region. Every log group ends as archived, skipped with its reason, or failed by name; if one failed, the
 * execution has failed with the error `ArchiveIncomplete`.
 *
 * To archive a certain period, start an execution with the input `{"period":"2026-09"}` or `{"period":"2026-09-30"}`.
 */
export class LogArchiver extends Construct {
  /** Whether `x` is a `LogArchiver`. */
  // biome-ignore lint/suspicious/noExplicitAny: jsii has no unknown
  public static isLogArchiver(x: any): x is LogArchiver {
    return x !== null && typeof x === 'object' && LOG_ARCHIVER_SYMBOL in x;
  }

  /** Where the objects go. */
  public readonly bucket: IBucket;

  /** What archives a period. */
  public readonly stateMachine: IStateMachine;

  /** What starts the state machine: at 03:00 on the 2nd, or at 13:00 of the next day, in the archiver's time zone. */
  public readonly schedule: ISchedule;

  /** Starts the export of one log group and one period. */
  public readonly exportFunction: IFunction;

  /** Tells whether an export has completed. It answers by error until then: its metric of errors means nothing. */
  public readonly checkFunction: IFunction;

  private readonly logGroupList: LogGroupList;
  private readonly exportPermissions: ExportPermissions;

  constructor(scope: Construct, id: string, props: LogArchiverProps = {}) {
    super(scope, id);
    Object.defineProperty(this, LOG_ARCHIVER_SYMBOL, { value: true });
    const { frequency = Frequency.MONTHLY, timeZone = TimeZone.ETC_UTC, enabled = true } = props;
    if (!Token.isUnresolved(timeZone.timezoneName)) {
      validateTimeZone(timeZone.timezoneName);
    }

    const destination = new ArchiveDestination(this, 'Destination', {
      bucket: props.bucket,
      keyPrefix: props.keyPrefix,
    });
    const exportFunction = new ArchiveFunction(this, 'ExportLogToS3', 'export-log-to-s3');
    const checkFunction = new ArchiveFunction(this, 'CheckExportTask', 'check-export-task');
    destination.letWrite(exportFunction.role);
    this.exportPermissions = new ExportPermissions(this, 'ExportPermissions', exportFunction.role);
    exportFunction.letDescribeExportTasks();
    checkFunction.letDescribeExportTasks();
    this.bucket = destination.bucket;
    this.exportFunction = exportFunction.function;
    this.checkFunction = checkFunction.function;

    const { keyPrefix } = destination;
    const logGroupList = new LogGroupList(this, 'LogGroups', { frequency, keyPrefix });
    this.logGroupList = logGroupList;
    this.stateMachine = new ArchiveWorkflow(this, 'Workflow', {
      exportFunction: this.exportFunction,
      checkFunction: this.checkFunction,
      parameters: { s3BucketName: this.bucket.bucketName, keyPrefix, timeZone: timeZone.timezoneName, frequency },
      logGroups: () => logGroupList.targets,
    }).stateMachine;
    this.schedule = new ArchiveSchedule(this, 'Schedule', {
      stateMachine: this.stateMachine,
      frequency,
      timeZone,
      enabled,
    }).schedule;

    for (const logGroup of props.logGroups ?? []) {
      this.addLogGroup(logGroup);
    }
  }

  /**
   * Archives one more log group.
   *
   * Throws if it is archived already, if another one has the same key, or if it is in another account or Region.
   */
  public addLogGroup(logGroup: ILogGroup, options: AddLogGroupOptions = {}): void {
    this.logGroupList.add(logGroup, options.s3Prefix);
    this.exportPermissions.add(logGroup);
  }

  /** Lets a principal start the archiver, for the last period or, by the execution's input, for another one. */
  public grantStartExecution(grantee: IGrantable): Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }

  /** A metric of the state machine, the sum over five minutes unless told otherwise. */
  public metric(metricName: string, options?: MetricOptions): Metric {
    return this.stateMachine.metric(metricName, options);
  }

  /** Runs in which a log group failed, or that did not get that far. The one to alarm on. */
  public metricFailed(options?: MetricOptions): Metric {
    return this.stateMachine.metricFailed(options);
  }

  /** Runs in which every log group was archived or skipped. */
  public metricSucceeded(options?: MetricOptions): Metric {
    return this.stateMachine.metricSucceeded(options);
  }

  /** Runs that were started. */
  public metricStarted(options?: MetricOptions): Metric {
    return this.stateMachine.metricStarted(options);
  }

  /** Runs that were stopped by hand. */
  public metricAborted(options?: MetricOptions): Metric {
    return this.stateMachine.metricAborted(options);
  }

  /** Runs that took longer than a state machine may. */
  public metricTimedOut(options?: MetricOptions): Metric {
    return this.stateMachine.metricTimedOut(options);
  }

  /** State transitions that had to wait for the account's quota. */
  public metricThrottled(options?: MetricOptions): Metric {
    return this.stateMachine.metricThrottled(options);
  }

  /** How long runs take, in milliseconds. */
  public metricTime(options?: MetricOptions): Metric {
    return this.stateMachine.metricTime(options);
  }
}
