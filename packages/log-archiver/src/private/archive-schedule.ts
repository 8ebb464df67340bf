import type { RunInput } from '@log-archiver/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { METRIC_NAMESPACE } from './core';
import { RunSchedule } from './run-schedule';
import type { Settings } from './settings';

export interface ArchiveScheduleProps
  extends Pick<Settings, 'timeZone' | 'settleTime' | 'scheduleHour' | 'enabled' | 'rolePath' | 'encryptionKey'> {
  readonly stateMachine: IStateMachine;
}

/**
 * Hours between the end of the settle time and the run, by default.
 *
 * Periods end at midnight, so they have settled at the hour of the `settleTime`, or an hour or two later after a clock
 * change. At another hour, a run archives the periods that have settled by then, so no period waits more than a day. If
 * a clock change skips the scheduled hour, no run starts that day; the next day's run archives what is due.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
const MARGIN_HOURS = 3;
/**
 * Minutes between the run and the report that a run was due.
 *
 * When a run takes more than a day, the next day's run ends at once. These minutes are enough for its success to be
 * counted first.
 */
const DUE_MINUTE = '15';

/**
 * Starts a run every day, in the time zone that also decides where a period ends.
 *
 * Every day, whatever the granularity: a failed item is retried the next day, and a run without work costs a few state
 * transitions.
 */
export class ArchiveSchedule extends RunSchedule {
  private readonly props: ArchiveScheduleProps;

  constructor(scope: Construct, id: string, props: ArchiveScheduleProps) {
    // The planned time, which is the same however late the schedule is delivered.
    const input: RunInput = { scheduledTime: ContextAttribute.scheduledTime };
    super(scope, id, {
      ...props,
      description: 'Starts the daily run of LogArchiver',
      expression: createExpression(props, '0'),
      input,
    });
    this.props = props;
  }

  /**
   * Publishes a zero to the metric every day after a run was due, whether or not it was started.
   *
   * The metric counts successful runs. Without the zeros, an archiver that never ran would have no data, like one whose
   * first run is not due yet.
   */
  public publishDueRuns(metricName: string) {
    new Schedule(this, 'DueRuns', {
      description: 'Reports that a run of LogArchiver was due',
      schedule: createExpression(this.props, DUE_MINUTE),
      target: new Universal({
        service: 'cloudwatch',
        action: 'putMetricData',
        input: ScheduleTargetInput.fromObject({
          Namespace: METRIC_NAMESPACE,
          MetricData: [{ MetricName: metricName, Value: 0 }],
        }),
        policyStatements: [
          new PolicyStatement({
            actions: ['cloudwatch:PutMetricData'],
            resources: ['*'],
            conditions: { StringEquals: { 'cloudwatch:namespace': METRIC_NAMESPACE } },
          }),
        ],
        role: this.role,
        deadLetterQueue: this.deadLetterQueue,
      }),
    });
  }
}

function createExpression(props: ArchiveScheduleProps, minute: string): ScheduleExpression {
  const { settleTime, timeZone, scheduleHour: hour = (settleTime.toHours() + MARGIN_HOURS) % 24 } = props;
  return ScheduleExpression.cron({ minute, hour: `${hour}`, timeZone });
}
