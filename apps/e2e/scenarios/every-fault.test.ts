import {
  bucketPolicyInvalid,
  bucketPolicyMissing,
  cutSocket,
  dies,
  diesAfterItsCall,
  type Fault,
  type FaultScope,
  type Faults,
  lambdaUnwell,
  lostAnswer,
  proxyPage,
  throttled,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
  unavailable,
  unresolvedName,
} from '@log-archiver/local-aws';
import type { Archiver } from '../archiver';
import { archiverAtMonthEnd, courseOf, makeGood, withoutStacks } from './run-of-october';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** What starts an export and looks at it, what records it, and what plans it all. */
const CALLS = {
  EXPORT: ['CreateExportTask', 'DescribeExportTasks'],
  RECORD: ['ListObjectsV2', 'PutObject'],
  ALL: ['DescribeLogGroups', 'CreateExportTask', 'DescribeExportTasks', 'ListObjectsV2', 'PutObject', 'GetObject'],
};
const FUNCTIONS = {
  EXPORT: ['ExportLogToS3', 'CheckExportTask'],
  RECORD: ['RecordArchive'],
  ALL: ['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive'],
};
type Kinds = Record<keyof typeof CALLS, string[]>;

type Arrange = (archiver: Archiver, scope: Scope, onStrike: () => void) => void;

const ofCalls = (fault: Parameters<Archiver['aws']['faults']['inject']>[0], kinds: Kinds = CALLS): Arrange => {
  return ({ aws }, scope, onStrike) => injectCounted(aws.faults, fault, kinds[scope.kind], scope, onStrike);
};
const ofFunctions = (fault: Fault<unknown>): Arrange => {
  return ({ aws }, scope, onStrike) => injectCounted(aws.functionFaults, fault, FUNCTIONS[scope.kind], scope, onStrike);
};
const OF_CREATION = ['CreateExportTask'];
const CREATION: Kinds = { EXPORT: OF_CREATION, RECORD: [], ALL: OF_CREATION };

/** The faults, and the names under which a run fails of them. */
const FAULTS = {
  throttled: [ofCalls(throttled), 'ThrottlingException'],
  unavailable: [ofCalls(unavailable), 'ServiceUnavailableException'],
  proxyPage: [ofCalls(proxyPage(502)), 'SyntaxError'],
  cutSocket: [ofCalls(cutSocket), 'TimeoutError'],
  unresolvedName: [ofCalls(unresolvedName), 'Error'],
  lostAnswer: [ofCalls(lostAnswer), 'TimeoutError'],
  bucketPolicyMissing: [ofCalls(bucketPolicyMissing, CREATION), 'AccessDeniedException'],
  bucketPolicyInvalid: [ofCalls(bucketPolicyInvalid, CREATION), 'InvalidParameterException'],
  dies: [ofFunctions(dies), 'Lambda.Unknown'],
  diesAfterItsCall: [ofFunctions(diesAfterItsCall), 'Lambda.Unknown'],
  timesOut: [ofFunctions(timesOut), 'Sandbox.Timedout'],
  timesOutAfterItsCall: [ofFunctions(timesOutAfterItsCall), 'Sandbox.Timedout'],
  tooManyInvocations: [ofFunctions(tooManyInvocations), 'Lambda.TooManyRequestsException'],
  lambdaUnwell: [ofFunctions(lambdaUnwell), 'Lambda.ServiceException'],
} satisfies Record<string, [Arrange, string]>;

const FIRST = 'on the first call of each kind';
const TWICE = 'on the first two attempts of every call';
const LONG = 'for 6 hours';
const TO_EXPORT = 'on all that exports until both log groups are given up';
const TO_SEE = 'on all that exports, once an export has been started, until both log groups are given up';
const TO_RECORD = 'on all that records until both log groups are given up';

interface Scope extends FaultScope {
  kind: keyof Kinds;
}

/** Two log groups are given up after 30 minutes each: what waits for functions that time out takes longer. */
const untilGivenUp = (fault: string, kind: 'EXPORT' | 'RECORD') =>
  fault.startsWith('timesOut') ? { EXPORT: 4.1 * HOUR, RECORD: 92 * HOUR }[kind] : 1.1 * HOUR;

const scopes: Record<string, (now: number, fault: string) => Scope> = {
  [FIRST]: (now) => ({ kind: 'ALL', on: 'FIRST_CALL', until: now + 6 * HOUR }),
  [TWICE]: (now) => ({ kind: 'ALL', on: 'FIRST_TWO_ATTEMPTS', until: now + 6 * HOUR }),
  [LONG]: (now) => ({ kind: 'ALL', until: now + 6 * HOUR }),
  [TO_EXPORT]: (now, fault) => ({ kind: 'EXPORT', until: now + untilGivenUp(fault, 'EXPORT') }),
  [TO_SEE]: (now, fault) => ({ kind: 'EXPORT', from: now + SECOND, until: now + untilGivenUp(fault, 'EXPORT') }),
  [TO_RECORD]: (now, fault) => ({ kind: 'RECORD', from: now + SECOND, until: now + untilGivenUp(fault, 'RECORD') }),
};

type Row = [
  fault: keyof typeof FAULTS,
  when: string,
  /** FAILED: under the fault's name; with a `*`: and its export task is named. RUN: it could not be planned. */
  outcomes: string,
  /** Calls or invocations that went wrong. */
  strikes: number,
  creations: number,
  looks: number,
  seconds: number,
  /** Below which prefixes the events are in the archive when the run has ended. */
  archived: string,
  /** Export tasks that the same input makes when the fault is over. */
  again: number,
];

const ALL = 'orders payments';

const rows: Row[] = [
  ['throttled', FIRST, 'ARCHIVED ARCHIVED', 6, 3, 25, 78, ALL, 0],
  ['throttled', TWICE, 'ARCHIVED ARCHIVED', 68, 6, 33, 432, ALL, 0],
  ['throttled', LONG, 'RUN FAILED', 5_430, 0, 0, 7_049, '', 2],
  ['throttled', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['throttled', TO_SEE, 'FAILED* FAILED', 639, 1, 642, 3_960, 'orders', 1],
  // S3 has names of its own for the same.
  ['throttled', TO_RECORD, 'SlowDown* SlowDown*', 602, 2, 31, 3_966, ALL, 0],
  ['unavailable', FIRST, 'ARCHIVED ARCHIVED', 6, 3, 25, 78, ALL, 0],
  ['unavailable', TWICE, 'ARCHIVED ARCHIVED', 68, 6, 33, 432, ALL, 0],
  ['unavailable', LONG, 'RUN FAILED', 5_430, 0, 0, 7_049, '', 2],
  ['unavailable', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['unavailable', TO_SEE, 'FAILED* FAILED', 639, 1, 642, 3_960, 'orders', 1],
  ['unavailable', TO_RECORD, 'InternalError* InternalError*', 602, 2, 31, 3_966, ALL, 0],
  ['proxyPage', FIRST, 'ARCHIVED ARCHIVED', 6, 3, 25, 78, ALL, 0],
  ['proxyPage', TWICE, 'ARCHIVED ARCHIVED', 68, 6, 33, 432, ALL, 0],
  ['proxyPage', LONG, 'RUN FAILED', 5_430, 0, 0, 7_049, '', 2],
  ['proxyPage', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['proxyPage', TO_SEE, 'FAILED* FAILED', 639, 1, 642, 3_960, 'orders', 1],
  ['proxyPage', TO_RECORD, 'Unknown* Unknown*', 602, 2, 31, 3_966, ALL, 0],
  ['cutSocket', FIRST, 'ARCHIVED ARCHIVED', 6, 3, 25, 78, ALL, 0],
  ['cutSocket', TWICE, 'ARCHIVED ARCHIVED', 68, 6, 33, 432, ALL, 0],
  ['cutSocket', LONG, 'RUN FAILED', 5_430, 0, 0, 7_049, '', 2],
  ['cutSocket', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['cutSocket', TO_SEE, 'FAILED* FAILED', 639, 1, 642, 3_960, 'orders', 1],
  ['cutSocket', TO_RECORD, 'FAILED* FAILED*', 602, 2, 31, 3_966, ALL, 0],
  ['unresolvedName', FIRST, 'ARCHIVED ARCHIVED', 6, 3, 25, 78, ALL, 0],
  ['unresolvedName', TWICE, 'ARCHIVED ARCHIVED', 68, 6, 33, 432, ALL, 0],
  ['unresolvedName', LONG, 'RUN FAILED', 5_430, 0, 0, 7_049, '', 2],
  ['unresolvedName', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['unresolvedName', TO_SEE, 'FAILED* FAILED', 639, 1, 642, 3_960, 'orders', 1],
  ['unresolvedName', TO_RECORD, 'FAILED* FAILED*', 602, 2, 31, 3_966, ALL, 0],
  ['lostAnswer', FIRST, 'ARCHIVED ARCHIVED', 6, 2, 22, 67, ALL, 0],
  ['lostAnswer', TWICE, 'ARCHIVED ARCHIVED', 104, 2, 21, 698, ALL, 0],
  ['lostAnswer', LONG, 'RUN FAILED', 5_430, 0, 0, 7_049, '', 2],
  ['lostAnswer', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['lostAnswer', TO_SEE, 'FAILED* FAILED', 639, 1, 642, 3_960, 'orders', 1],
  ['lostAnswer', TO_RECORD, 'FAILED* FAILED*', 602, 2, 31, 3_966, ALL, 0],
  ['bucketPolicyMissing', FIRST, 'FAILED ARCHIVED', 1, 2, 13, 27, 'payments', 1],
  ['bucketPolicyMissing', TWICE, 'FAILED FAILED', 2, 2, 3, 0, '', 2],
  ['bucketPolicyMissing', LONG, 'FAILED FAILED', 2, 2, 3, 0, '', 2],
  ['bucketPolicyInvalid', FIRST, 'FAILED ARCHIVED', 1, 2, 13, 27, 'payments', 1],
  ['bucketPolicyInvalid', TWICE, 'FAILED FAILED', 2, 2, 3, 0, '', 2],
  ['bucketPolicyInvalid', LONG, 'FAILED FAILED', 2, 2, 3, 0, '', 2],
  ['dies', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 20, 83, ALL, 0],
  ['dies', TWICE, 'ARCHIVED ARCHIVED', 20, 2, 7, 204, ALL, 0],
  ['dies', LONG, 'RUN FAILED', 181, 0, 0, 1_800, '', 2],
  ['dies', TO_EXPORT, 'FAILED FAILED', 362, 0, 1, 3_600, '', 2],
  ['dies', TO_SEE, 'FAILED* FAILED', 362, 1, 3, 3_602, 'orders', 1],
  ['dies', TO_RECORD, 'FAILED* FAILED*', 362, 2, 23, 3_654, ALL, 0],
  ['diesAfterItsCall', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 18, 71, ALL, 0],
  ['diesAfterItsCall', TWICE, 'ARCHIVED ARCHIVED', 16, 2, 15, 160, ALL, 0],
  ['diesAfterItsCall', LONG, 'RUN FAILED', 181, 0, 0, 1_800, '', 2],
  ['diesAfterItsCall', TO_EXPORT, 'FAILED* FAILED*', 362, 2, 363, 3_600, ALL, 0],
  ['diesAfterItsCall', TO_SEE, 'FAILED* FAILED*', 362, 2, 365, 3_602, ALL, 0],
  // The receipts are there, though nobody was told.
  ['diesAfterItsCall', TO_RECORD, 'FAILED* FAILED*', 362, 2, 23, 3_654, ALL, 0],
  ['timesOut', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 14, 1_927, ALL, 0],
  ['timesOut', TWICE, 'ARCHIVED ARCHIVED', 16, 2, 5, 7_600, ALL, 0],
  // A planner that is ended after 15 minutes is started anew for 45 hours.
  ['timesOut', LONG, 'ARCHIVED ARCHIVED', 24, 2, 23, 21_894, ALL, 0],
  ['timesOut', TO_EXPORT, 'FAILED FAILED', 362, 0, 1, 14_460, '', 2],
  ['timesOut', TO_SEE, 'FAILED* FAILED', 362, 1, 3, 14_462, 'orders', 1],
  ['timesOut', TO_RECORD, 'FAILED* FAILED*', 362, 2, 23, 329_454, ALL, 0],
  ['timesOutAfterItsCall', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 16, 1_927, ALL, 0],
  ['timesOutAfterItsCall', TWICE, 'ARCHIVED ARCHIVED', 16, 2, 15, 7_600, ALL, 0],
  ['timesOutAfterItsCall', LONG, 'ARCHIVED ARCHIVED', 24, 2, 23, 21_894, ALL, 0],
  ['timesOutAfterItsCall', TO_EXPORT, 'FAILED* FAILED*', 362, 2, 363, 14_460, ALL, 0],
  ['timesOutAfterItsCall', TO_SEE, 'FAILED* FAILED*', 362, 2, 365, 14_462, ALL, 0],
  ['timesOutAfterItsCall', TO_RECORD, 'FAILED* FAILED*', 362, 2, 23, 329_454, ALL, 0],
  ['tooManyInvocations', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 20, 83, ALL, 0],
  ['tooManyInvocations', TWICE, 'ARCHIVED ARCHIVED', 20, 2, 7, 204, ALL, 0],
  ['tooManyInvocations', LONG, 'RUN FAILED', 181, 0, 0, 1_800, '', 2],
  ['tooManyInvocations', TO_EXPORT, 'FAILED FAILED', 362, 0, 1, 3_600, '', 2],
  ['tooManyInvocations', TO_SEE, 'FAILED* FAILED', 362, 1, 3, 3_602, 'orders', 1],
  ['tooManyInvocations', TO_RECORD, 'FAILED* FAILED*', 362, 2, 23, 3_654, ALL, 0],
  ['lambdaUnwell', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 20, 83, ALL, 0],
  ['lambdaUnwell', TWICE, 'ARCHIVED ARCHIVED', 20, 2, 7, 204, ALL, 0],
  ['lambdaUnwell', LONG, 'RUN FAILED', 181, 0, 0, 1_800, '', 2],
  ['lambdaUnwell', TO_EXPORT, 'FAILED FAILED', 362, 0, 1, 3_600, '', 2],
  ['lambdaUnwell', TO_SEE, 'FAILED* FAILED', 362, 1, 3, 3_602, 'orders', 1],
  ['lambdaUnwell', TO_RECORD, 'FAILED* FAILED*', 362, 2, 23, 3_654, ALL, 0],
];

describe('a fault', () => {
  withoutStacks();

  it.each(rows)('%s %s ends %s, and is made good', async (name, when, outcomes, strikes, creations, looks, ...rest) => {
    const [seconds, archived, again] = rest;
    const archiver = await archiverAtMonthEnd();
    const [arrange, error] = FAULTS[name];
    let struck = 0;
    arrange(archiver, scopes[when]?.(archiver.aws.clock.now(), name) as Scope, () => {
      struck += 1;
    });
    const { run, course } = await courseOf(archiver);
    expect({ ...course, strikes: struck }).toEqual({
      outcomes: outcomes.replaceAll('FAILED', error),
      strikes,
      creations,
      looks,
      seconds,
      archived,
    });
    expect(await makeGood(archiver, run)).toBe(again);
  });

  it('of every name has its rows', () => {
    expect([...new Set(rows.map(([name]) => name))]).toEqual(Object.keys(FAULTS));
  });
});

/** For each of the operations or functions, so that the first call of each is met. */
function injectCounted<T>(
  faults: Faults<T>,
  fault: Fault<T>,
  kinds: string[],
  { kind, ...scope }: Scope,
  onStrike: () => void,
) {
  for (const of of kinds) {
    const counted: Fault<T> = (makeCall) => {
      onStrike();
      return fault(makeCall);
    };
    faults.inject(counted, { ...scope, of });
  }
}
