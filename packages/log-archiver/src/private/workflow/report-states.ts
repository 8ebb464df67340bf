import type { ArchivePage, ArchiveSummary } from '@log-archiver/core';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Chain, Choice, Condition, Fail, Pass, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { MakePayload } from './make-payload';
import { tellOfFailures } from './notify-states';
import { type PayloadOf, pathInto } from './payload';
import type { RunData } from './run-data';

/**
 * Ends the run with its summary: red, and with the names of who failed, unless everything is archived. Where there is a
 * topic, the operator is told before.
 */
export function reportRun(scope: Construct, topic?: ITopic): Chain {
  const report = new Pass(scope, 'Report', { inputPath: pathInto<RunData>('$.page.summary') });
  const status = pathInto<ArchiveSummary>('$.status');
  const is = (value: ArchiveSummary['status']) => Condition.stringEquals(status, value);
  const incomplete = new Fail(scope, 'ArchiveIncomplete', {
    error: 'ArchiveIncomplete',
    causePath: pathInto<ArchiveSummary>('$.cause'),
  });
  const everythingArchived = new Choice(scope, 'EverythingArchived?')
    .when(Condition.or(is('COMPLETE'), is('DRY_RUN')), new Succeed(scope, 'Succeed'))
    .otherwise(topic ? tellOfFailures(scope, topic, incomplete) : incomplete);
  return Chain.start(report).next(everythingArchived);
}

/** Ends the run without having done anything: two at once would share one export slot, and wait for each other. */
export function standAside(scope: Construct): Pass {
  return new MakePayload(scope, 'AnotherRunIsAtWork', {
    payload: {
      'standsAsideFor.$': '$.page.standsAsideFor',
    } satisfies PayloadOf<Pick<ArchivePage, 'standsAsideFor'>, RunData>,
  });
}
