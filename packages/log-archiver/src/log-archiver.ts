import type { LogGroupFilter, LogGroupSelector } from '@log-archiver/core';
import { Duration, Stack, TimeZone, Token } from 'aws-cdk-lib';
import type { IWidget, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Granularity } from './granularity';
import type { AddLogGroupOptions, LogArchiverProps } from './log-archiver-props';
import type { LogGroupSelection } from './log-group-selection';
import { ArchiveSchedule } from './private/archive-schedule';
import { validateTimeZone } from './private/core';
import { ArchiveDestination } from './private/destination/archive-destination';
import { ArchiveFunction } from './private/functions/archive-function';
import { letLogGroupsUse } from './private/functions/log-encryption';
import { LogGroupPermissions } from './private/functions/log-group-permissions';
import { LogGroupList } from './private/log-group-list';
import { OperatorTopic } from './private/notifications/notification-topic';
import { WatchRuns } from './private/notifications/run-alarms';
import { runWidgets } from './private/notifications/run-dashboard';
import { onEnding } from './private/notifications/run-events';
import { validateLookback, validateSettleTime } from './private/settings';
import { type Place, validateKey } from './private/validate-environment';
import { ArchiveWorkflow } from './private/workflow/archive-workflow';
import { ARCHIVER_NAME } from './private/workflow/archiver-name';

const LOG_ARCHIVER_SYMBOL = Symbol.for('cdk-log-archiver.LogArchiver');

/**
 * Copies every finished month or day of a set of log groups to S3, once each, and writes a receipt for it.
 *
 * Every day, a state machine looks for what has no receipt yet, and exports one log group after the other, as CloudWatch
 * Logs runs one export task an account and Region. Every log group ends as archived, skipped with its reason, or failed
 * by name; if one failed, the execution has failed with the error `ArchiveIncomplete`.
 *
 * To archive certain periods, start an execution with the input `{"period":"2026-09"}`, `{"period":"2026-09-30"}` or
 * `{"period":"2025-01/2025-12"}`.
 */
export class LogArchiver extends Construct {
  /** Whether `x` is a `LogArchiver`. */
  // biome-ignore lint/suspicious/noExplicitAny: jsii has no unknown
  public static isLogArchiver(x: any): x is LogArchiver {
    return x !== null && typeof x === 'object' && LOG_ARCHIVER_SYMBOL in x;
  }

  /** Where the objects go. */
  public readonly bucket: IBucket;

  /** What archives what is not archived yet. */
  public readonly stateMachine: IStateMachine;

  /**
   * What starts the state machine: every day, whatever the granularity, three hours after the hour at which a period has
   * settled, in the archiver's time zone. That is 03:00, with a `settleTime` of 24 hours.
   */
  public readonly schedule: ISchedule;

  /** What the schedule could not start, and why, for 14 days. Nobody but the schedule sends to it. */
  public readonly deadLetterQueue: IQueue;

  /** Finds the log groups and periods that have no receipt, page by page, and reports what became of them. */
  public readonly planFunction: IFunction;

  /** Starts the export of one log group and one period. */
  public readonly exportFunction: IFunction;

  /** Tells whether an export has completed. It answers by error until then: its metric of errors means nothing. */
  public readonly checkFunction: IFunction;

  /** Counts the objects of a completed export, and writes the receipt. */
  public readonly recordFunction: IFunction;

  private readonly logGroupList: LogGroupList;
  private readonly permissions: LogGroupPermissions[];

  constructor(scope: Construct, id: string, props: LogArchiverProps = {}) {
    super(scope, id);
    Object.defineProperty(this, LOG_ARCHIVER_SYMBOL, { value: true });
    const { granularity = Granularity.MONTHLY, timeZone = TimeZone.ETC_UTC, enabled = true } = props;
    const { settleTime = Duration.hours(24), lookbackPeriods = 3, encryptionKey, notificationTopic } = props;
    if (!Token.isUnresolved(timeZone.timezoneName)) {
      validateTimeZone(timeZone.timezoneName);
    }
    validateSettleTime(settleTime);
    validateLookback(lookbackPeriods);
    if (encryptionKey) {
      const place: Place = { parameter: 'encryptionKey', whose: 'the archiver', aspects: ['account', 'region'] };
      validateKey(this, place, encryptionKey);
    }

    const destination = new ArchiveDestination(this, 'Destination', {
      bucket: props.bucket,
      keyPrefix: props.keyPrefix,
      encryptionKey,
    });
    const plan = new ArchiveFunction(this, 'PlanArchive', {
      name: 'plan-archive',
      readsPages: true,
      // It holds the report of a run as a whole.
      memorySize: 2_048,
      encryptionKey,
    });
    const start = new ArchiveFunction(this, 'ExportLogToS3', { name: 'export-log-to-s3', encryptionKey });
    const check = new ArchiveFunction(this, 'CheckExportTask', { name: 'check-export-task', encryptionKey });
    const record = new ArchiveFunction(this, 'RecordArchive', {
      name: 'record-archive',
      readsPages: true,
      memorySize: 512,
      encryptionKey,
    });
    plan.letAsk('logs:DescribeLogGroups', 'logs:ListLogGroups', 'logs:DescribeExportTasks');
    destination.letPlan(plan.role);
    start.letAsk('logs:DescribeExportTasks');
    destination.letWrite(start.role);
    check.letAsk('logs:DescribeExportTasks');
    destination.letRecord(record.role);
    this.permissions = [
      new LogGroupPermissions(this, 'ExportPermissions', { role: start.role, action: 'logs:CreateExportTask' }),
      new LogGroupPermissions(this, 'RecordPermissions', { role: record.role, action: 'logs:FilterLogEvents' }),
    ];
    this.bucket = destination.bucket;
    this.planFunction = plan.function;
    this.exportFunction = start.function;
    this.checkFunction = check.function;
    this.recordFunction = record.function;

    const { keyPrefix } = destination;
    const logGroupList = new LogGroupList(this, 'LogGroups', { granularity, keyPrefix, settleTime });
    this.logGroupList = logGroupList;
    const { account, region } = Stack.of(this);
    const workflow = new ArchiveWorkflow(this, 'Workflow', {
      planFunction: this.planFunction,
      exportFunction: this.exportFunction,
      checkFunction: this.checkFunction,
      recordFunction: this.recordFunction,
      parameters: {
        account,
        region,
        s3BucketName: this.bucket.bucketName,
        keyPrefix,
        timeZone: timeZone.timezoneName,
        frequency: granularity,
        settleHours: settleTime.toHours(),
        lookback: lookbackPeriods,
        archiver: ARCHIVER_NAME,
      },
      logGroups: () => logGroupList.targets,
      selectors: () => logGroupList.selectors,
      ownLogGroupNames: [plan, start, check, record].map(({ logGroup }) => logGroup.logGroupName),
      topic: notificationTopic,
      encryptionKey,
    });
    workflow.letFindRuns(plan.role);
    this.stateMachine = workflow.stateMachine;
    const { stateMachine } = workflow;
    const { schedule, deadLetterQueue } = new ArchiveSchedule(this, 'Schedule', {
      stateMachine,
      timeZone,
      settleTime,
      enabled,
      encryptionKey,
    });
    this.schedule = schedule;
    this.deadLetterQueue = deadLetterQueue;
    if (notificationTopic) {
      const topic = new OperatorTopic(this, 'NotificationTopic', { topic: notificationTopic });
      topic.letUseKey(stateMachine.role);
      new WatchRuns(this, 'Watch', { workflow, deadLetterQueue, topic, enabled });
    }
    if (encryptionKey) {
      const logGroups = [plan, start, check, record, workflow].map(({ logGroup }) => logGroup);
      letLogGroupsUse(this, encryptionKey, logGroups);
    }

    for (const logGroup of props.logGroups ?? []) {
      this.addLogGroup(logGroup);
    }
    this.addSelection(...(props.selections ?? []));
  }

  /**
   * Archives one more log group.
   *
   * Throws if it is archived already, if another one has the same key, or if it is in another account or Region.
   */
  public addLogGroup(logGroup: ILogGroup, options: AddLogGroupOptions = {}): void {
    this.logGroupList.add(logGroup, options.s3Prefix);
    this.permit({ by: 'NAME', logGroupNames: [logGroup.logGroupName] });
  }

  /**
   * Archives what the selections select, besides. Where a log group was added by itself, too, its `s3Prefix` is that one.
   *
   * Throws if a selection names log groups of which `addLogGroup` would refuse one.
   */
  public addSelection(...selections: LogGroupSelection[]): void {
    for (const selection of selections) {
      const selector = selection._selector() as LogGroupSelector;
      if (selector.of.by === 'NAME') {
        for (const logGroup of selection._logGroups()) {
          this.addLogGroup(logGroup);
        }
      } else {
        this.logGroupList.selectors.push(selector);
        this.permit(selector.of);
      }
    }
  }

  /** Lets a principal start the archiver, for the last periods or, by the execution's input, for others. */
  public grantStartExecution(grantee: IGrantable): Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }

  /** Tells a target of every run that FAILED, TIMED_OUT or was ABORTED, as an event of Step Functions. */
  public onFailed(id: string, options: OnEventOptions = {}): Rule {
    return onEnding(this, id, this.stateMachine, ['FAILED', 'TIMED_OUT', 'ABORTED'], options);
  }

  /** Widgets for a dashboard of yours: a row of 24 columns with how the runs ended, and how long they took. */
  public dashboardWidgets(): IWidget[] {
    return runWidgets(this);
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

  /** Runs that the schedule could not start: the messages in its dead-letter queue, the most in five minutes. */
  public metricNotStarted(options?: MetricOptions): Metric {
    return this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', ...options });
  }

  private permit(filter: LogGroupFilter) {
    for (const each of this.permissions) {
      each.add(filter);
    }
  }
}
