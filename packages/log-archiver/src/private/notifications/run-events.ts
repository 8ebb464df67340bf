import { type OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** How a run can end that did not succeed. */
export type Ending = 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** A rule for runs that end so. The execution of one log group has another `stateMachineArn`. */
export function onEnding(
  scope: Construct,
  id: string,
  stateMachine: IStateMachine,
  endings: Ending[],
  { eventPattern, target, ...options }: OnEventOptions,
): Rule {
  const rule = new Rule(scope, id, options);
  rule.addEventPattern({
    source: ['aws.states'],
    detailType: ['Step Functions Execution Status Change'],
    detail: { stateMachineArn: [stateMachine.stateMachineArn], status: endings },
  });
  rule.addEventPattern(eventPattern);
  rule.addTarget(target);
  return rule;
}
