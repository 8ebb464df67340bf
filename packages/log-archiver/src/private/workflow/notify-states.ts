import type { ArchiveNotification, ArchiveSummary } from '@log-archiver/core';
import { Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Chain, Fail, type IChainable, JsonPath, type State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { pathInto } from './payload';
import { PublishMessage } from './publish-message';

/** What is left of the data of a run whose planner gave up. */
interface PlanFailure {
  Error: string;
  Cause: string;
}

type Parameters = { [K in 'Subject' | 'Message' as K | `${K}.$`]?: string };

/** Tells what is not archived, in the words of the planner, before the run ends in `end`; also if nobody can be told. */
export function tellOfFailures(scope: Construct, topic: ITopic, end: State): Chain {
  const { subject, message } = {
    subject: pathInto<ArchiveSummary>('$.notification.subject'),
    message: pathInto<ArchiveSummary>('$.notification.message'),
  } satisfies Record<keyof ArchiveNotification, string>;
  return tell(scope, 'TellOperator', topic, { 'Subject.$': subject, 'Message.$': message }, end);
}

/** Tells of a planner that gave up, and ends the run with its error and its cause. */
export function tellOfNoPlan(scope: Construct, topic: ITopic): Chain {
  const { account, region } = Stack.of(scope);
  const again =
    `aws stepfunctions start-execution --region ${region} --state-machine-arn {} --input "$(aws stepfunctions ` +
    `describe-execution --region ${region} --execution-arn {} --query input --output text)"`;
  // One line: whether an intrinsic function may hold a line break, AWS does not say. `$` is all that is left of the data.
  const text =
    'LogArchiver could not plan the run {} in account {}, {}: nothing more of it is archived. It FAILED with {}: {} ' +
    `A daily run tries again by itself. To do it now: ${again}`;
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
    Subject: `LogArchiver: a run FAILED without a plan, ${account}, ${region}`,
    'Message.$': `States.Format('${text}', ${values.join(', ')})`,
  };
  const end = new Fail(scope, 'NotPlanned', {
    errorPath: pathInto<PlanFailure>('$.Error'),
    causePath: pathInto<PlanFailure>('$.Cause'),
  });
  return tell(scope, 'TellOperatorOfNoPlan', topic, message, end);
}

function tell(scope: Construct, id: string, topic: ITopic, message: Parameters, end: IChainable): Chain {
  const publish = new PublishMessage(scope, id, { topic, message });
  publish.addCatch(end, { resultPath: JsonPath.DISCARD });
  return Chain.start(publish).next(end);
}
