import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** Status of an execution that has ended. */
export type RunStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/**
 * Creates a rule for runs that end with one of the statuses. The executions of items have another `stateMachineArn`.
 */
export function createRunRule(
  scope: Construct,
  id: string,
  stateMachine: IStateMachine,
  statuses: RunStatus[],
  { eventPattern, target, ...options }: OnEventOptions,
): Rule {
  const rule = new Rule(scope, id, options);
  rule.addEventPattern({
    source: ['aws.states'],
    detailType: ['Step Functions Execution Status Change'],
    detail: { stateMachineArn: [stateMachine.stateMachineArn], status: statuses },
  });
  rule.addEventPattern(eventPattern);
  rule.addTarget(target);
  return rule;
}

/** Creates a rule for alarms of this list that go from ALARM to OK. */
export function createRecoveryRule(
  scope: Construct,
  id: string,
  alarms: IAlarm[],
  { target, ...options }: OnEventOptions,
): Rule {
  const rule = new Rule(scope, id, options);
  rule.addEventPattern({
    source: ['aws.cloudwatch'],
    detailType: ['CloudWatch Alarm State Change'],
    resources: alarms.map(({ alarmArn }) => alarmArn),
    detail: { state: { value: ['OK'] }, previousState: { value: ['ALARM'] } },
  });
  rule.addTarget(target);
  return rule;
}
