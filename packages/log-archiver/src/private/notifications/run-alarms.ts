import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ArchiveWorkflow } from '../workflow/archive-workflow';
import { untoldRuns } from '../workflow/run-log';
import type { OperatorTopic } from './notification-topic';
import { onEnding } from './run-events';

export interface WatchRunsProps {
  readonly workflow: ArchiveWorkflow;
  readonly deadLetterQueue: IQueue;
  readonly topic: OperatorTopic;
  /** Whether the schedule starts runs. */
  readonly enabled: boolean;
}

/**
 * Two days, one of which can have 25 hours, and two to spare: a run that takes hours is followed a day later by one that
 * succeeds, since it stands aside.
 */
const HOURS_WITHOUT_SUCCESS = 51;

/** Tells operators what a run cannot tell of itself. */
export class WatchRuns extends Construct {
  private readonly props: WatchRunsProps;

  constructor(scope: Construct, id: string, props: WatchRunsProps) {
    super(scope, id);
    this.props = props;
    this.tellOfStopped();
    this.alarmOnUntold();
    this.alarmOnNotStarted();
    if (props.enabled) {
      this.alarmOnNoSuccess();
    }
    props.topic.letAlarms();
  }

  private tellOfStopped() {
    const { stateMachine } = this.props.workflow;
    const [status, execution] = ['$.detail.status', '$.detail.executionArn'].map((path) => EventField.fromPath(path));
    const text = `LogArchiver: the run ${execution} ended ${status}. What it had archived stays archived. ${this.again}`;
    onEnding(this, 'Stopped', stateMachine, ['TIMED_OUT', 'ABORTED'], {
      description: 'Tells the operators of LogArchiver of a run that timed out or was aborted',
      target: this.props.topic.target(RuleTargetInput.fromText(text)),
    });
  }

  private alarmOnUntold() {
    const { logGroup, stateMachine } = this.props.workflow;
    const metric = untoldRuns(logGroup, stateMachine, { period: Duration.minutes(5) });
    this.alarm('Untold', metric, 1, 'a run FAILED of what it could not tell itself. Look at its last event.');
  }

  private alarmOnNotStarted() {
    const metric = this.props.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: Duration.minutes(5),
    });
    const what =
      'the schedule could not start a run: the messages in its dead-letter queue say why, and purging them ends the alarm.';
    this.alarm('NotStarted', metric, 1, what);
  }

  private alarmOnNoSuccess() {
    const { stateMachine } = this.props.workflow;
    new Alarm(this, 'NoSuccess', {
      alarmDescription: this.say(
        `no run has succeeded for ${HOURS_WITHOUT_SUCCESS} hours, or none ever. Look at the last one.`,
      ),
      metric: stateMachine.metricSucceeded({ statistic: 'Sum', period: Duration.hours(1) }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: HOURS_WITHOUT_SUCCESS,
      treatMissingData: TreatMissingData.BREACHING,
    }).addAlarmAction(new SnsAction(this.props.topic.topic));
  }

  private alarm(id: string, metric: Metric, threshold: number, what: string) {
    new Alarm(this, id, {
      alarmDescription: this.say(what),
      metric,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.props.topic.topic));
  }

  private say(what: string): string {
    return `LogArchiver ${this.props.workflow.stateMachine.stateMachineName}: ${what} ${this.again}`;
  }

  private get again(): string {
    const { stateMachineArn } = this.props.workflow.stateMachine;
    const { region } = Stack.of(this);
    const command = `aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn}`;
    return `To archive what is not archived yet: ${command}`;
  }
}
