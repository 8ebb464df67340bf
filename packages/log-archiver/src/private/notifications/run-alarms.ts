import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ArchiveSchedule } from '../archive-schedule';
import { LONGEST_PERIOD_DAYS } from '../core';
import type { Settings } from '../settings';
import type { ArchiveWorkflow } from '../workflow/archive-workflow';
import { countSuccesses } from '../workflow/run-log';
import type { NotificationTopic } from './notification-topic';
import { createRunMetric } from './run-metrics';
import { StateMachineAlarms } from './state-machine-alarms';

export interface RunAlarmsProps extends Pick<Settings, 'granularity' | 'settleTime' | 'enabled'> {
  readonly workflow: ArchiveWorkflow;
  readonly schedule: ArchiveSchedule;
  readonly topic: NotificationTopic;
}

/** Days on which a run was due and none succeeded, until an alarm. Two, because a run can take more than a day. */
const DAYS_WITHOUT_SUCCESS = 2;
/** Periods that may be incomplete until an alarm. */
const INCOMPLETE_PERIODS = 2;

/**
 * Notifies operators of failures that a run cannot report itself, and of an archiver that falls behind.
 *
 * Every alarm keeps its state while its metric has no data. So a new archiver has no alarm before its first run is due,
 * and an alarm ends only when a later run is better.
 */
export class RunAlarms extends StateMachineAlarms {
  constructor(scope: Construct, id: string, props: RunAlarmsProps) {
    const { workflow, schedule, topic } = props;
    const { deadLetterQueue } = schedule;
    super(scope, id, { runs: workflow, deadLetterQueue, topic, purpose: 'To archive what is missing' });
    this.notifyOfStoppedRuns(
      'Notifies the operators of LogArchiver of a run that timed out or was aborted',
      'What it archived stays archived.',
      ['run-timed-out', 'run-aborted'],
    );
    this.alarmOnUnreportedFailure();
    this.alarmOnRunNotStarted();
    if (props.enabled) {
      this.alarmOnNoSuccess(props);
    }
    this.alarmOnOldestIncomplete(props);
    this.alarmOnLogGroupsAtRisk();
    this.notifyOfRecovery('Notifies the operators of LogArchiver that an alarm has ended');
    topic.grantAlarms();
  }

  private alarmOnNoSuccess({ workflow, schedule }: RunAlarmsProps) {
    const metric = countSuccesses(workflow).with({ period: Duration.days(1) });
    schedule.publishDueRuns(metric.metricName);
    this.alarmOn('NoSuccess', 'no-successful-run', {
      alarmDescription: `no successful run in ${DAYS_WITHOUT_SUCCESS} days. See the last run.`,
      metric,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: DAYS_WITHOUT_SUCCESS,
    });
  }

  private alarmOnOldestIncomplete({ granularity, settleTime }: RunAlarmsProps) {
    const hours = INCOMPLETE_PERIODS * LONGEST_PERIOD_DAYS[granularity] * 24 + settleTime.toHours();
    this.alarmOn('OldestIncomplete', 'oldest-incomplete', {
      alarmDescription: `a period that ended more than ${hours} hours ago is still incomplete. See its status file and the last report.`,
      metric: createRunMetric(this.stateMachine, 'OldestIncompleteHours'),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: hours,
      evaluationPeriods: 1,
    });
  }

  private alarmOnLogGroupsAtRisk() {
    const metric = createRunMetric(this.stateMachine, 'LogGroupsAtRisk');
    const text =
      'retention will remove events of at least one log group within 3 days, and they are not archived. Raise the ' +
      'retention of the log groups in the last report.';
    this.alarmOnAny('LogGroupsAtRisk', 'log-groups-at-risk', text, metric);
  }
}
