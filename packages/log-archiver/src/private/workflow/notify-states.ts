import type { ArchiveNotification, ArchiveSummary } from '@log-archiver/core';
import { Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Chain, Choice, Condition, Fail, type IChainable, JsonPath, type State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { runbookLink } from '../core';
import { pathInto } from './payload';
import { PublishMessage } from './publish-message';

/** Data of a run after its planner failed. */
interface PlanFailure {
  Error: string;
  Cause: string;
}

type Parameters = { [K in 'Subject' | 'Message' as K | `${K}.$`]?: string };

/** Creates the states that publish the run's notification before `end`, if there is one, even if publishing fails. */
export function notifyOfRun(scope: Construct, topic: ITopic, end: State): Chain {
  const { subject, message } = {
    subject: pathInto<ArchiveSummary>('$.notification.subject'),
    message: pathInto<ArchiveSummary>('$.notification.message'),
  } satisfies Record<keyof ArchiveNotification, string>;
  const publish = publishBefore(scope, 'TellOperator', topic, { 'Subject.$': subject, 'Message.$': message }, end);
  const hasNotification = Condition.isNotNull(pathInto<ArchiveSummary>('$.notification'));
  return Chain.start(new Choice(scope, 'Notify?').when(hasNotification, publish).otherwise(end));
}

/**
 * Creates the states that publish a failure of the planner, and end the run with the planner's error and cause.
 *
 * An error of Step Functions itself gets another name, because the alarm for unreported failures counts `States.*`.
 */
export function notifyOfPlanFailure(scope: Construct, topic: ITopic): Chain {
  const { account, region } = Stack.of(scope);
  const retry =
    `aws stepfunctions start-execution --region ${region} --state-machine-arn {} --input "$(aws stepfunctions ` +
    `describe-execution --region ${region} --execution-arn {} --query input --output text)"`;
  // One line: AWS does not document whether an intrinsic function may contain a line break.
  const text =
    'LogArchiver could not plan the run {} in account {}, {}. The run archived nothing more and failed with {}: {} ' +
    `The next daily run retries. To retry now: ${retry} Runbook: ${runbookLink('planarchive-failed')}`;
  const values = [
    '$$.Execution.Id',
    `'${account}'`,
    `'${region}'`,
    pathInto<PlanFailure>('$.Error'),
    pathInto<PlanFailure>('$.Cause'),
    '$$.StateMachine.Id',
    '$$.Execution.Id',
  ];
  const message: Parameters = {
    Subject: `LogArchiver: planning a run failed, ${account}, ${region}`,
    'Message.$': `States.Format('${text}', ${values.join(', ')})`,
  };
  const [errorPath, causePath] = [pathInto<PlanFailure>('$.Error'), pathInto<PlanFailure>('$.Cause')];
  const end = new Choice(scope, 'StatesError?')
    .when(
      Condition.stringMatches(errorPath, 'States.*'),
      new Fail(scope, 'PlanArchiveFailed', { error: 'PlanArchiveFailed', causePath }),
    )
    .otherwise(new Fail(scope, 'NotPlanned', { errorPath, causePath }));
  return publishBefore(scope, 'TellOperatorOfNoPlan', topic, message, end);
}

function publishBefore(scope: Construct, id: string, topic: ITopic, message: Parameters, end: IChainable): Chain {
  const publish = new PublishMessage(scope, id, { topic, message });
  publish.addCatch(end, { resultPath: JsonPath.DISCARD });
  return Chain.start(publish).next(end);
}
