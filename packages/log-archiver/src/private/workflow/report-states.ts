import type { ArchivePage, ArchiveSummary } from '@log-archiver/core';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Chain, Choice, Condition, Fail, Pass, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { MakePayload } from './make-payload';
import { notifyOfRun } from './notify-states';
import { type PayloadOf, pathInto } from './payload';
import type { RunData } from './run-data';

/**
 * Creates the states that end the run with its summary.
 *
 * The run fails with `ArchiveIncomplete` if an export failed, and with `ArchiveLoss` if events are lost. The cause has
 * the names of the log groups. With a topic, a notification is published first if the summary has one, which can also
 * be a warning of a run that succeeds.
 */
export function createReportStates(scope: Construct, topic?: ITopic): Chain {
  const report = new Pass(scope, 'Report', { inputPath: pathInto<RunData>('$.page.summary') });
  const status = pathInto<ArchiveSummary>('$.status');
  const hasStatus = (value: ArchiveSummary['status']) => Condition.stringEquals(status, value);
  const causePath = pathInto<ArchiveSummary>('$.cause');
  const everythingArchived = new Choice(scope, 'EverythingArchived?')
    .when(Condition.or(hasStatus('COMPLETE'), hasStatus('DRY_RUN')), new Succeed(scope, 'Succeed'))
    .when(hasStatus('LOSS'), new Fail(scope, 'ArchiveLoss', { error: 'ArchiveLoss', causePath }))
    .otherwise(new Fail(scope, 'ArchiveIncomplete', { error: 'ArchiveIncomplete', causePath }));
  return Chain.start(report).next(topic ? notifyOfRun(scope, topic, everythingArchived) : everythingArchived);
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
