import type { ArchiveOutcome, ArchiveReport } from '@log-archiver/core';
import { Chain, Choice, Condition, Fail, Pass, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { MakePayload } from './make-payload';
import { type PayloadOf, pathInto } from './payload';

/** The outcomes, as the Map leaves them. */
export interface OutcomesData {
  outcomes: ArchiveOutcome[];
}

interface FailuresData extends ArchiveReport {
  failures: ArchiveOutcome[];
}

interface CauseData {
  cause: string;
}

const STATUS = 'status' satisfies keyof ArchiveOutcome;
const FAILED = 'FAILED' satisfies ArchiveOutcome['status'];

/** So many outcomes stand in the Cause, which holds 32,768 characters. */
const NAMED_IN_CAUSE = 20;

/** Ends the run red, and names who failed, if a log group FAILED. */
export function reportOutcomes(scope: Construct): Chain {
  const report = new MakePayload(scope, 'Report', {
    payload: {
      'outcomes.$': '$.outcomes',
      // A filter that finds nothing is an error in some interpreters; this question is none.
      'incomplete.$': `States.ArrayContains($.outcomes[*].${STATUS}, '${FAILED}')`,
    } satisfies PayloadOf<ArchiveReport, OutcomesData>,
  });
  const findFailures = new Pass(scope, 'FindFailures', {
    inputPath: `$.outcomes[?(@.${STATUS}=='${FAILED}')]`,
    resultPath: pathInto<FailuresData>('$.failures'),
  });
  const failed = 'States.ArrayLength($.failures)';
  const all = 'States.ArrayLength($.outcomes)';
  const names = `States.JsonToString($.failures[0:${NAMED_IN_CAUSE}])`;
  const nameFailures = new MakePayload(scope, 'NameFailures', {
    payload: {
      'cause.$': `States.Format('{} of {} log groups FAILED: {}', ${failed}, ${all}, ${names})`,
    } satisfies PayloadOf<CauseData, FailuresData>,
  });
  const archiveIncomplete = new Fail(scope, 'ArchiveIncomplete', {
    error: 'ArchiveIncomplete',
    causePath: pathInto<CauseData>('$.cause'),
  });
  const everyLogGroupArchived = new Choice(scope, 'EveryLogGroupArchived?')
    .when(Condition.booleanEquals(pathInto<ArchiveReport>('$.incomplete'), false), new Succeed(scope, 'Succeed'))
    .otherwise(findFailures.next(nameFailures).next(archiveIncomplete));
  return Chain.start(report).next(everyLogGroupArchived);
}
