import type { ArchivePage, ArchiveSummary } from '@log-archiver/core';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Chain, Choice, Condition, Fail, Pass, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { MakePayload } from './make-payload';
import { notifyOfFailures } from './notify-states';
import { type PayloadOf, pathInto } from './payload';
import type { RunData } from './run-data';

/**
 * Creates the states that end the run with its summary.
 *
 * The run fails with `ArchiveIncomplete`, and the names of the failed log groups, unless everything is archived. With a
 * topic, a notification is published first.
 */
export function createReportStates(scope: Construct, topic?: ITopic): Chain {
  const report = new Pass(scope, 'Report', { inputPath: pathInto<RunData>('$.page.summary') });
  const status = pathInto<ArchiveSummary>('$.status');
  const hasStatus = (value: ArchiveSummary['status']) => Condition.stringEquals(status, value);
  const incomplete = new Fail(scope, 'ArchiveIncomplete', {
    error: 'ArchiveIncomplete',
    causePath: pathInto<ArchiveSummary>('$.cause'),
  });
  const everythingArchived = new Choice(scope, 'EverythingArchived?')
    .when(Condition.or(hasStatus('COMPLETE'), hasStatus('DRY_RUN')), new Succeed(scope, 'Succeed'))
    .otherwise(topic ? notifyOfFailures(scope, topic, incomplete) : incomplete);
  return Chain.start(report).next(everythingArchived);
}

/**
 * Creates the state that ends a run without work, because another run is active.
 *
 * Two runs would share the one export slot, and wait for each other.
 */
export function createAnotherRunState(scope: Construct): Pass {
  return new MakePayload(scope, 'AnotherRunIsAtWork', {
    payload: {
      'standsAsideFor.$': '$.page.standsAsideFor',
    } satisfies PayloadOf<Pick<ArchivePage, 'standsAsideFor'>, RunData>,
  });
}
