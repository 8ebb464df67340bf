import type { ArchiveNotification, ArchiveSummary, RunbookArticle } from '@log-archiver/core';
import { Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Chain, Choice, Condition, Fail, type IChainable, JsonPath, type State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { runbookLink } from '../core';
import { pathInto } from './payload';
import { PublishMessage } from './publish-message';

/** Data of a run after a failure. */
interface Failure {
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

/** Message about a run that could not do its work, and the states that publish it. */
export interface FailureNotice {
  /** Id of the state that publishes. */
  readonly id: string;
  /** Ids of the states that end the run: with the error, and with another name for an error of Step Functions itself. */
  readonly ends: [withError: string, withAnotherName: string];
  readonly subject: string;
  /** Start of the message, before the name of the execution. */
  readonly failed: string;
  /** Consequence of the failure. */
  readonly consequence: string;
  /** Time of the next run without an operator. */
  readonly next: string;
  readonly article: RunbookArticle;
}

/**
 * Creates the states that publish a failure, and end the run with its error and cause.
 *
 * An error of Step Functions itself gets another name, because the alarm for unreported failures counts `States.*`.
 */
export function notifyOfFailure(scope: Construct, topic: ITopic, notice: FailureNotice): Chain {
  const { account, region } = Stack.of(scope);
  const retry =
    `aws stepfunctions start-execution --region ${region} --state-machine-arn {} --input "$(aws stepfunctions ` +
    `describe-execution --region ${region} --execution-arn {} --query input --output text)"`;
  // One line: AWS does not document whether an intrinsic function may contain a line break.
  const text =
    `${notice.failed} {} in account {}, {}. ${notice.consequence} and failed with {}: {} ` +
    `${notice.next} To retry now: ${retry} Runbook: ${runbookLink(notice.article)}`;
  const [errorPath, causePath] = [pathInto<Failure>('$.Error'), pathInto<Failure>('$.Cause')];
  const values = [
    '$$.Execution.Id',
    `'${account}'`,
    `'${region}'`,
    errorPath,
    causePath,
    '$$.StateMachine.Id',
    '$$.Execution.Id',
  ];
  const message: Parameters = {
    Subject: `${notice.subject}, ${account}, ${region}`,
    'Message.$': `States.Format('${text}', ${values.join(', ')})`,
  };
  const [withError, withAnotherName] = notice.ends;
  const end = new Choice(scope, 'StatesError?')
    .when(
      Condition.stringMatches(errorPath, 'States.*'),
      new Fail(scope, withAnotherName, { error: withAnotherName, causePath }),
    )
    .otherwise(new Fail(scope, withError, { errorPath, causePath }));
  return publishBefore(scope, notice.id, topic, message, end);
}

function publishBefore(scope: Construct, id: string, topic: ITopic, message: Parameters, end: IChainable): Chain {
  const publish = new PublishMessage(scope, id, { topic, message });
  publish.addCatch(end, { resultPath: JsonPath.DISCARD });
  return Chain.start(publish).next(end);
}
