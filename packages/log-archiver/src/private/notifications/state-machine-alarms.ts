import type { RunbookArticle } from '@log-archiver/core';
import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, type AlarmProps, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { runbookLink } from '../core';
import { countUnreportedFailures, type RunLog } from '../workflow/run-log';
import type { NotificationTopic } from './notification-topic';
import { createRecoveryRule, createRunRule } from './run-events';

export interface StateMachineAlarmsProps {
  readonly runs: RunLog;
  readonly deadLetterQueue: Queue;
  readonly topic: NotificationTopic;
  /** Purpose of another run, before the command that starts one. */
  readonly purpose: string;
}

/** Notifies operators of failures that a run of a state machine cannot report itself, and of alarms that end. */
export class StateMachineAlarms extends Construct {
  protected readonly stateMachine: StateMachine;
  private readonly props: StateMachineAlarmsProps;
  private readonly alarms: Alarm[] = [];

  constructor(scope: Construct, id: string, props: StateMachineAlarmsProps) {
    super(scope, id);
    this.props = props;
    this.stateMachine = props.runs.stateMachine;
  }

  /** Notifies of runs that timed out or were aborted. */
  protected notifyOfStoppedRuns(description: string, consequence: string, articles: RunbookArticle[]) {
    const [status, execution] = ['$.detail.status', '$.detail.executionArn'].map((path) => EventField.fromPath(path));
    const text =
      `LogArchiver: the run ${execution} ended with status ${status}. ${consequence} ` +
      `${this.startCommand} Runbook: ${articles.map(runbookLink).join(' ')}`;
    createRunRule(this, 'Stopped', this.stateMachine, ['TIMED_OUT', 'ABORTED'], {
      description,
      target: this.props.topic.createTarget(RuleTargetInput.fromText(text)),
    });
  }

  protected alarmOnUnreportedFailure() {
    const text = 'a run failed with an error that it could not report. See the last event of the execution.';
    this.alarmOnAny('Untold', 'unreported-failure', text, countUnreportedFailures(this.props.runs));
  }

  protected alarmOnRunNotStarted() {
    const metric = this.props.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: Duration.minutes(5),
    });
    const text =
      'the schedule could not start a run. The messages in its dead-letter queue say why; purge the queue to end the ' +
      'alarm.';
    this.alarmOnAny('NotStarted', 'run-not-started', text, metric);
  }

  /**
   * Publishes that an alarm has ended, in the format of CloudWatch's own messages, by which incident tools resolve an
   * incident.
   *
   * An OK action would also publish when a new alarm gets its first data.
   */
  protected notifyOfRecovery(description: string, ...more: Alarm[]) {
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
    createRecoveryRule(this, 'Recovered', [...this.alarms, ...more], {
      description,
      target: this.props.topic.createTarget(RuleTargetInput.fromObject(message)),
    });
  }

  protected alarmOnAny(id: string, article: RunbookArticle, alarmDescription: string, metric: AlarmProps['metric']) {
    this.alarmOn(id, article, {
      alarmDescription,
      metric,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
    });
  }

  protected alarmOn(id: string, article: RunbookArticle, { alarmDescription, ...props }: AlarmProps) {
    const { stateMachineName } = this.stateMachine;
    const alarm = new Alarm(this, id, {
      ...props,
      alarmDescription: `LogArchiver ${stateMachineName}: ${alarmDescription} ${this.startCommand} Runbook: ${runbookLink(article)}`,
      treatMissingData: TreatMissingData.IGNORE,
    });
    alarm.addAlarmAction(new SnsAction(this.props.topic.topic));
    this.alarms.push(alarm);
  }

  private get startCommand(): string {
    const { stateMachineArn } = this.stateMachine;
    const { region } = Stack.of(this);
    const command = `aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn}`;
    return `${this.props.purpose}: ${command}`;
  }
}
