import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { runbookLink, TABLE_PAGE_KEY } from '../core';
import { createRunMetric } from '../notifications/run-metrics';
import { StateMachineAlarms, type StateMachineAlarmsProps } from '../notifications/state-machine-alarms';

export interface VerifierAlarmsProps extends Omit<StateMachineAlarmsProps, 'purpose'> {
  /** Alarm whose end is published. */
  readonly faults: Alarm;
}

/** Notifies operators of failures that a run of the verifier cannot report itself, and of alarms that end. */
export class VerifierAlarms extends StateMachineAlarms {
  constructor(scope: Construct, id: string, { faults, ...props }: VerifierAlarmsProps) {
    super(scope, id, { ...props, purpose: 'To verify the archive now' });
    this.notifyOfStoppedRuns(
      'Notifies the operators of LogArchiver of a verification that timed out or was aborted',
      'Statements and table are those of the last run.',
      ['verification-failed'],
    );
    this.alarmOnUnreportedFailure();
    this.alarmOnRunNotStarted();
    this.notifyOfRecovery('Notifies the operators of LogArchiver that an alarm of the verifier has ended', faults);
    props.topic.grantAlarms();
  }
}

/** Creates the alarm for all archivers. It keeps its state from run to run. */
export function createFaultsAlarm(scope: Construct, stateMachine: StateMachine, { bucketName }: IBucket): Alarm {
  return new Alarm(scope, 'Alarm', {
    alarmDescription:
      `LogArchiver ${stateMachine.stateMachineName}: the archive in ${bucketName} is not verified. See ` +
      `s3://${bucketName}/${TABLE_PAGE_KEY}. Runbook: ${runbookLink('archivenotverified')}`,
    metric: createRunMetric(stateMachine, 'VerificationFaults'),
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.IGNORE,
  });
}
