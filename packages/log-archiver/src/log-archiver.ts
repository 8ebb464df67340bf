import type { LogGroupSelector } from '@log-archiver/core';
import { Stack } from 'aws-cdk-lib';
import type { IWidget, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Schedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { AddLogGroupOptions, LogArchiverProps } from './log-archiver-props';
import type { LogGroupSelection } from './log-group-selection';
import { ArchiveSchedule } from './private/archive-schedule';
import { ArchiveDestination } from './private/destination/archive-destination';
import { ArchiveFunctions } from './private/functions/archive-functions';
import { grantLogEncryption } from './private/functions/log-encryption';
import { LogGroupList } from './private/log-group-list';
import { acknowledgeArchiver } from './private/nag/acknowledge-archiver';
import { NotificationTopic } from './private/notifications/notification-topic';
import { RunAlarms } from './private/notifications/run-alarms';
import { createRunWidgets } from './private/notifications/run-dashboard';
import { createRunRule } from './private/notifications/run-events';
import { createRunMetric } from './private/notifications/run-metrics';
import { createOutputs } from './private/outputs';
import { resolveSettings } from './private/settings';
import { SELECTION, validateArray } from './private/validate-types';
import { ArchiveWorkflow } from './private/workflow/archive-workflow';

const LOG_ARCHIVER_SYMBOL = Symbol.for('cdk-log-archiver.LogArchiver');

/**
 * Exports every completed month or day of a set of log groups to S3, once each, and writes a receipt for it.
 *
 * Every day, a state machine finds the log groups and periods without a receipt. It exports one log group at a time,
 * because CloudWatch Logs runs one export task at a time per account and Region. Each log group and period is archived,
 * skipped with a reason, failed, or lost. If one failed, the execution fails with `ArchiveIncomplete`. A loss fails one
 * execution with `ArchiveLoss`, and stays in the status of its period.
 *
 * To archive other periods, start an execution with the input `{"period":"2026-09"}`, `{"period":"2026-09-30"}` or
 * `{"period":"2025-01/2025-12"}`.
 *
 * @exampleMetadata fixture=construct
 * @example
 * declare const operators: sns.Topic;
 *
 * new LogArchiver(this, 'LogArchiver', {
 *   selections: [LogGroupSelection.byPrefix('/aws/lambda/')],
 *   timeZone: TimeZone.ASIA_TOKYO,
 *   notificationTopic: operators,
 * });
 */
export class LogArchiver extends Construct {
  /**
   * Whether `x` is a `LogArchiver`.
   *
   * @param x any value
   */
  // biome-ignore lint/suspicious/noExplicitAny: jsii has no unknown
  public static isLogArchiver(x: any): x is LogArchiver {
    return x !== null && typeof x === 'object' && LOG_ARCHIVER_SYMBOL in x;
  }

  /** Destination bucket. */
  public readonly bucket: IBucket;

  /** State machine that runs the archive. */
  public readonly stateMachine: StateMachine;

  /**
   * Schedule that starts the state machine every day, whatever the granularity.
   *
   * A run starts at `scheduleHour`, in the archiver's time zone. By default, this is three hours after the hour at which
   * periods have settled: 03:00 with a `settleTime` of 24 hours.
   */
  public readonly schedule: Schedule;

  /**
   * Dead-letter queue of the schedule: invocations that failed, kept for 14 days.
   *
   * Only the schedule may send messages to it.
   */
  public readonly deadLetterQueue: Queue;

  /** Function that finds the log groups and periods without a receipt, page by page, and writes the report. */
  public readonly planFunction: LambdaFunction;

  /** Function that starts the export of one log group and period. */
  public readonly exportFunction: LambdaFunction;

  /**
   * Function that checks whether an export has completed.
   *
   * It signals "not finished" by throwing, so its Errors metric is meaningless.
   */
  public readonly checkFunction: LambdaFunction;

  /** Function that counts the objects of a completed export, and writes the receipt. */
  public readonly recordFunction: LambdaFunction;

  private readonly logGroupList: LogGroupList;
  private readonly functions: ArchiveFunctions;
  private readonly destination: ArchiveDestination;
  private readonly hasTopic: boolean;

  /**
   * @param scope parent of the construct
   * @param id ID of the construct, unique in its scope
   * @param props properties of the construct
   */
  constructor(scope: Construct, id: string, props: LogArchiverProps = {}) {
    super(scope, id);
    Object.defineProperty(this, LOG_ARCHIVER_SYMBOL, { value: true });
    const settings = resolveSettings(this, props);
    const { encryptionKey, notificationTopic } = settings;

    const destination = new ArchiveDestination(this, 'Destination', settings);
    const functions = new ArchiveFunctions(this, { ...settings, destination });
    const logGroups = new LogGroupList(this, 'LogGroups', { ...settings, bucket: destination.bucket });
    const workflow = new ArchiveWorkflow(this, 'Workflow', { ...settings, destination, functions, logGroups });
    const { stateMachine } = workflow;
    const schedule = new ArchiveSchedule(this, 'Schedule', { ...settings, stateMachine });
    if (notificationTopic) {
      const topic = new NotificationTopic(this, 'NotificationTopic', {
        topic: notificationTopic,
        publisher: stateMachine.role,
        rolePath: settings.rolePath,
      });
      new RunAlarms(this, 'Watch', { ...settings, workflow, schedule, topic });
    }
    if (encryptionKey) {
      grantLogEncryption(this, encryptionKey, [...functions.logGroups, workflow.logGroup]);
    }

    this.bucket = destination.bucket;
    this.stateMachine = stateMachine;
    this.schedule = schedule.schedule;
    this.deadLetterQueue = schedule.deadLetterQueue;
    this.planFunction = functions.planArchive.function;
    this.exportFunction = functions.exportLogToS3.function;
    this.checkFunction = functions.checkExportTask.function;
    this.recordFunction = functions.recordArchive.function;
    this.logGroupList = logGroups;
    this.functions = functions;
    this.destination = destination;
    this.hasTopic = notificationTopic !== undefined;

    for (const logGroup of props.logGroups ?? []) {
      this.addLogGroup(logGroup);
    }
    this.addSelection(...(props.selections ?? []));
    this.createOutputs();
  }

  /**
   * Adds a log group to archive.
   *
   * Throws if the log group has already been added, is in another account or Region, or has the same key as another log
   * group. Throws if the archiver already has 100 log groups.
   *
   * @param logGroup log group in the account and Region of the archiver
   * @param options its folder in the bucket
   */
  public addLogGroup(logGroup: ILogGroup, options: AddLogGroupOptions = {}): void {
    this.logGroupList.add(logGroup, options.s3Prefix);
    this.functions.grantArchive({ by: 'NAME', logGroupNames: [logGroup.logGroupName] });
  }

  /**
   * Adds selections. A log group that was also added by name keeps the `s3Prefix` given there.
   *
   * Throws if a selection contains a log group for which `addLogGroup` would throw.
   *
   * @param selections rules that find log groups
   */
  public addSelection(...selections: LogGroupSelection[]): void {
    validateArray('selections', selections, SELECTION);
    for (const selection of selections) {
      const selector = selection._selector() as LogGroupSelector;
      if (selector.of.by === 'NAME') {
        for (const logGroup of selection._logGroups()) {
          this.addLogGroup(logGroup);
        }
      } else {
        this.logGroupList.selectors.push(selector);
        this.functions.grantArchive(selector.of);
      }
    }
  }

  /**
   * Grants a principal permission to start runs. The execution's input can name other periods.
   *
   * @param grantee principal that may start runs
   */
  public grantStartExecution(grantee: IGrantable): Grant {
    return this.stateMachine.grantStartExecution(grantee);
  }

  /**
   * Grants a principal permission to read the archive, such as the role of an auditor or of a developer.
   *
   * The principal can list and read archived objects, receipts, period statuses, reports and the statements of a verifier,
   * below the `keyPrefix` only, and decrypt them with the key of the bucket. That is enough for the commands `cat`, `grep`,
   * `status`, `verify` and `report` of `log-archiver`. The principal can write nothing.
   *
   * In a bucket that the archiver does not create, pass `--key-prefix` to these commands. The table of a verifier is not
   * granted there, because it is about all archives of the bucket: `status` reads the statements instead.
   *
   * If the principal is in another account than the bucket, the policies of the bucket and its key also get statements.
   * For an imported bucket or key, a warning prints them. For an imported role of another account, a warning prints the
   * statements that the role's own policy needs.
   *
   * @param grantee principal that may read the archive
   */
  public grantRead(grantee: IGrantable): Grant {
    return this.destination.grantReadArchive(grantee);
  }

  /**
   * Creates a rule for Step Functions events of runs with status SUCCEEDED.
   *
   * These are runs without a failure and without a new loss. A run that ended because another run was active is one too.
   *
   * @param id ID of the rule, unique in the archiver
   * @param options target of the rule and further filters
   */
  public onSucceeded(id: string, options: OnEventOptions = {}): Rule {
    return createRunRule(this, id, this.stateMachine, ['SUCCEEDED'], options);
  }

  /**
   * Creates a rule for Step Functions events of runs with status FAILED, TIMED_OUT or ABORTED.
   *
   * @param id ID of the rule, unique in the archiver
   * @param options target of the rule and further filters
   */
  public onFailed(id: string, options: OnEventOptions = {}): Rule {
    return createRunRule(this, id, this.stateMachine, ['FAILED', 'TIMED_OUT', 'ABORTED'], options);
  }

  /**
   * Acknowledges the findings of cdk-nag 3 that no property of the archiver removes, each with its reason.
   *
   * `AwsSolutions` then reports nothing about the archiver, also if log groups are added later. Only the findings that
   * `docs/cdk-nag.md` lists are acknowledged, for this archiver only.
   *
   * Throws if aws-cdk-lib is older than 2.269.0, because earlier versions reject the IDs of some findings.
   */
  public acknowledgeNagFindings(): void {
    const { destination, functions, stateMachine, hasTopic } = this;
    acknowledgeArchiver(this, { destination, functions, stateMachine, hasTopic });
  }

  /**
   * Returns widgets for a dashboard, in two rows of 24 columns.
   *
   * The first row has the results and the duration of the runs, the second what is not archived yet, and what is lost.
   */
  public dashboardWidgets(): IWidget[] {
    return createRunWidgets(this.node.id, this);
  }

  /**
   * Returns a metric of the state machine. Statistic: sum over five minutes, by default.
   *
   * @param metricName name of a metric in the namespace AWS/States
   * @param options options of the metric
   */
  public metric(metricName: string, options?: MetricOptions): Metric {
    return this.stateMachine.metric(metricName, options);
  }

  /**
   * Runs that failed, whether in planning or in an export, or that found a loss. Alarm on this metric.
   *
   * @param options options of the metric
   */
  public metricFailed(options?: MetricOptions): Metric {
    return this.stateMachine.metricFailed(options);
  }

  /**
   * Runs without a failure and without a new loss, and runs that ended because another run was active.
   *
   * @param options options of the metric
   */
  public metricSucceeded(options?: MetricOptions): Metric {
    return this.stateMachine.metricSucceeded(options);
  }

  /**
   * Runs that were started.
   *
   * @param options options of the metric
   */
  public metricStarted(options?: MetricOptions): Metric {
    return this.stateMachine.metricStarted(options);
  }

  /**
   * Runs that were stopped by a user.
   *
   * @param options options of the metric
   */
  public metricAborted(options?: MetricOptions): Metric {
    return this.stateMachine.metricAborted(options);
  }

  /**
   * Runs that exceeded the maximum duration of an execution.
   *
   * @param options options of the metric
   */
  public metricTimedOut(options?: MetricOptions): Metric {
    return this.stateMachine.metricTimedOut(options);
  }

  /**
   * State transitions that were throttled by the account's quota.
   *
   * @param options options of the metric
   */
  public metricThrottled(options?: MetricOptions): Metric {
    return this.stateMachine.metricThrottled(options);
  }

  /**
   * Duration of runs, in milliseconds.
   *
   * @param options options of the metric
   */
  public metricTime(options?: MetricOptions): Metric {
    return this.stateMachine.metricTime(options);
  }

  /**
   * Runs that the schedule could not start: messages in its dead-letter queue, maximum over five minutes by default.
   *
   * @param options options of the metric
   */
  public metricNotStarted(options?: MetricOptions): Metric {
    return this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', ...options });
  }

  /**
   * Hours since the end of the oldest period that is not complete, or 0 if every period is. One value per run.
   *
   * Maximum over five minutes by default.
   *
   * @param options options of the metric
   */
  public metricOldestIncompleteHours(options?: MetricOptions): Metric {
    return createRunMetric(this.stateMachine, 'OldestIncompleteHours', options);
  }

  /**
   * Log groups of which retention will remove events within 3 days that are not archived. One value per run.
   *
   * Maximum over five minutes by default.
   *
   * @param options options of the metric
   */
  public metricLogGroupsAtRisk(options?: MetricOptions): Metric {
    return createRunMetric(this.stateMachine, 'LogGroupsAtRisk', options);
  }

  /**
   * Losses that a run found and no earlier run had reported. Sum over five minutes by default.
   *
   * @param options options of the metric
   */
  public metricLosses(options?: MetricOptions): Metric {
    return createRunMetric(this.stateMachine, 'Losses', { statistic: 'Sum', ...options });
  }

  private createOutputs() {
    const { account, region } = Stack.of(this);
    const { bucket, keyPrefix } = this.destination;
    const { stateMachineArn, stateMachineName } = this.stateMachine;
    createOutputs(this, {
      BucketName: { placeholder: 'BUCKET', meaning: 'Bucket of the archive', value: bucket.bucketName },
      ...(keyPrefix !== '' && {
        KeyPrefix: { placeholder: 'KEY_PREFIX', meaning: 'Start of every key in the bucket', value: keyPrefix },
      }),
      Account: { placeholder: 'ACCOUNT', meaning: 'Account of the log groups', value: account },
      Region: { placeholder: 'REGION', meaning: 'Region of the log groups', value: region },
      StateMachineName: { placeholder: 'ARCHIVER', meaning: 'Name of the state machine', value: stateMachineName },
      StateMachineArn: { placeholder: 'ARN', meaning: 'ARN of the state machine', value: stateMachineArn },
    });
  }
}
