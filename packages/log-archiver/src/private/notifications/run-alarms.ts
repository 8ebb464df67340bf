import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { runbookLink } from '../core';
import type { ArchiveWorkflow } from '../workflow/archive-workflow';
import { countUnreportedFailures } from '../workflow/run-log';
import type { NotificationTopic } from './notification-topic';
import { createFailureRule } from './run-events';

export interface RunAlarmsProps {
  readonly workflow: ArchiveWorkflow;
  readonly deadLetterQueue: IQueue;
  readonly topic: NotificationTopic;
  /** Whether the schedule starts runs. */
  readonly enabled: boolean;
}

/**
 * Hours without a successful run until an alarm: two days, of which one can have 25 hours, and two hours of margin.
 *
 * One day is not enough: while a run takes hours, the next day's run ends without work, and successfully.
 */
const HOURS_WITHOUT_SUCCESS = 51;

type AlarmArticle = 'unreported-failure' | 'run-not-started' | 'no-successful-run';

/** Notifies operators of failures that a run cannot report itself. */
export class RunAlarms extends Construct {
  private readonly props: RunAlarmsProps;

  constructor(scope: Construct, id: string, props: RunAlarmsProps) {
    super(scope, id);
    this.props = props;
    this.notifyOfStoppedRuns();
    this.alarmOnUnreportedFailure();
    this.alarmOnRunNotStarted();
    if (props.enabled) {
      this.alarmOnNoSuccess();
    }
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
    const { logGroup, stateMachine } = this.props.workflow;
    const metric = countUnreportedFailures(logGroup, stateMachine, { period: Duration.minutes(5) });
    const text = 'a run failed with an error that it could not report. See the last event of the execution.';
    this.alarmOnAny('Untold', metric, this.describe(text, 'unreported-failure'));
  }

  private alarmOnRunNotStarted() {
    const metric = this.props.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: Duration.minutes(5),
    });
    const text =
      'the schedule could not start a run. The messages in its dead-letter queue say why; purge the queue to end the ' +
      'alarm.';
    this.alarmOnAny('NotStarted', metric, this.describe(text, 'run-not-started'));
  }

  private alarmOnNoSuccess() {
    const { stateMachine } = this.props.workflow;
    const text = `no successful run in ${HOURS_WITHOUT_SUCCESS} hours. See the last run.`;
    new Alarm(this, 'NoSuccess', {
      alarmDescription: this.describe(text, 'no-successful-run'),
      metric: stateMachine.metricSucceeded({ statistic: 'Sum', period: Duration.hours(1) }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: HOURS_WITHOUT_SUCCESS,
      treatMissingData: TreatMissingData.BREACHING,
    }).addAlarmAction(new SnsAction(this.props.topic.topic));
  }

  private alarmOnAny(id: string, metric: Metric, alarmDescription: string) {
    new Alarm(this, id, {
      alarmDescription,
      metric,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.props.topic.topic));
  }

  private describe(text: string, article: AlarmArticle): string {
    const { stateMachineName } = this.props.workflow.stateMachine;
    return `LogArchiver ${stateMachineName}: ${text} ${this.startCommand} Runbook: ${runbookLink(article)}`;
  }

  private get startCommand(): string {
    const { stateMachineArn } = this.props.workflow.stateMachine;
    const { region } = Stack.of(this);
    const command = `aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn}`;
    return `To archive what is missing: ${command}`;
  }
}
