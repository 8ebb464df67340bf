import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, type AlarmProps, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { ArchiveSchedule } from '../archive-schedule';
import { LONGEST_PERIOD_DAYS, runbookLink } from '../core';
import type { Settings } from '../settings';
import type { ArchiveWorkflow } from '../workflow/archive-workflow';
import { countSuccesses, countUnreportedFailures } from '../workflow/run-log';
import type { NotificationTopic } from './notification-topic';
import { createFailureRule, createRecoveryRule } from './run-events';
import { createRunMetric } from './run-metrics';

export interface RunAlarmsProps extends Pick<Settings, 'granularity' | 'settleTime' | 'enabled'> {
  readonly workflow: ArchiveWorkflow;
  readonly schedule: ArchiveSchedule;
  readonly topic: NotificationTopic;
}

/** Days on which a run was due and none succeeded, until an alarm. Two, because a run can take more than a day. */
const DAYS_WITHOUT_SUCCESS = 2;
/** Periods that may be incomplete until an alarm. */
const INCOMPLETE_PERIODS = 2;

type AlarmArticle =
  | 'unreported-failure'
  | 'run-not-started'
  | 'no-successful-run'
  | 'oldest-incomplete'
  | 'log-groups-at-risk';

/**
 * Notifies operators of failures that a run cannot report itself, and of an archiver that falls behind.
 *
 * Every alarm keeps its state while its metric has no data. So a new archiver has no alarm before its first run is due,
 * and an alarm ends only when a later run is better.
 */
export class RunAlarms extends Construct {
  private readonly props: RunAlarmsProps;
  private readonly alarms: Alarm[] = [];

  constructor(scope: Construct, id: string, props: RunAlarmsProps) {
    super(scope, id);
    this.props = props;
    this.notifyOfStoppedRuns();
    this.alarmOnUnreportedFailure();
    this.alarmOnRunNotStarted();
    if (props.enabled) {
      this.alarmOnNoSuccess();
    }
    this.alarmOnOldestIncomplete();
    this.alarmOnLogGroupsAtRisk();
    this.notifyOfRecovery();
    props.topic.grantAlarms();
  }

  private notifyOfStoppedRuns() {
    const { stateMachine } = this.props.workflow;
    const [status, execution] = ['$.detail.status', '$.detail.executionArn'].map((path) => EventField.fromPath(path));
    const text =
      `LogArchiver: the run ${execution} ended with status ${status}. What it archived stays archived. ` +
      `${this.startCommand} Runbook: ${runbookLink('run-timed-out')} ${runbookLink('run-aborted')}`;
    createFailureRule(this, 'Stopped', stateMachine, ['TIMED_OUT', 'ABORTED'], {
      description: 'Notifies the operators of LogArchiver of a run that timed out or was aborted',
      target: this.props.topic.createTarget(RuleTargetInput.fromText(text)),
    });
  }

  private alarmOnUnreportedFailure() {
    const text = 'a run failed with an error that it could not report. See the last event of the execution.';
    this.alarmOnAny('Untold', 'unreported-failure', text, countUnreportedFailures(this.props.workflow));
  }

  private alarmOnRunNotStarted() {
    const metric = this.props.schedule.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: Duration.minutes(5),
    });
    const text =
      'the schedule could not start a run. The messages in its dead-letter queue say why; purge the queue to end the ' +
      'alarm.';
    this.alarmOnAny('NotStarted', 'run-not-started', text, metric);
  }

  private alarmOnNoSuccess() {
    const { workflow, schedule } = this.props;
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

  private alarmOnOldestIncomplete() {
    const { granularity, settleTime, workflow } = this.props;
    const hours = INCOMPLETE_PERIODS * LONGEST_PERIOD_DAYS[granularity] * 24 + settleTime.toHours();
    this.alarmOn('OldestIncomplete', 'oldest-incomplete', {
      alarmDescription: `a period that ended more than ${hours} hours ago is still incomplete. See its status file and the last report.`,
      metric: createRunMetric(workflow.stateMachine, 'OldestIncompleteHours'),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: hours,
      evaluationPeriods: 1,
    });
  }

  private alarmOnLogGroupsAtRisk() {
    const metric = createRunMetric(this.props.workflow.stateMachine, 'LogGroupsAtRisk');
    const text =
      'retention will remove events of at least one log group within 3 days, and they are not archived. Raise the ' +
      'retention of the log groups in the last report.';
    this.alarmOnAny('LogGroupsAtRisk', 'log-groups-at-risk', text, metric);
  }

  /**
   * Publishes that an alarm has ended, in the format of CloudWatch's own messages, by which incident tools resolve an
   * incident.
   *
   * An OK action would also publish when a new alarm gets its first data.
   */
  private notifyOfRecovery() {
    const at = (path: string) => EventField.fromPath(path);
    const message = {
      AlarmName: at('$.detail.alarmName'),
      AlarmDescription: at('$.detail.configuration.description'),
      AWSAccountId: EventField.account,
      NewStateValue: 'OK',
      NewStateReason: at('$.detail.state.reason'),
      StateChangeTime: at('$.detail.state.timestamp'),
      Region: EventField.region,
      AlarmArn: at('$.resources[0]'),
      OldStateValue: 'ALARM',
    };
    createRecoveryRule(this, 'Recovered', this.alarms, {
      description: 'Notifies the operators of LogArchiver that an alarm has ended',
      target: this.props.topic.createTarget(RuleTargetInput.fromObject(message)),
    });
  }

  private alarmOnAny(id: string, article: AlarmArticle, alarmDescription: string, metric: AlarmProps['metric']) {
    this.alarmOn(id, article, {
      alarmDescription,
      metric,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
    });
  }

  private alarmOn(id: string, article: AlarmArticle, { alarmDescription, ...props }: AlarmProps) {
    const { stateMachineName } = this.props.workflow.stateMachine;
    const alarm = new Alarm(this, id, {
      ...props,
      alarmDescription: `LogArchiver ${stateMachineName}: ${alarmDescription} ${this.startCommand} Runbook: ${runbookLink(article)}`,
      treatMissingData: TreatMissingData.IGNORE,
    });
    alarm.addAlarmAction(new SnsAction(this.props.topic.topic));
    this.alarms.push(alarm);
  }

  private get startCommand(): string {
    const { stateMachineArn } = this.props.workflow.stateMachine;
    const { region } = Stack.of(this);
    const command = `aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn}`;
    return `To archive what is missing: ${command}`;
  }
}
