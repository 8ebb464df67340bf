import {
  bucketPolicyInvalid,
  bucketPolicyMissing,
  crashes,
  crashesAfterItsCall,
  cutSocket,
  type Fault,
  type FaultScope,
  type Faults,
  lostAnswer,
  proxyPage,
  serviceError,
  throttled,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
  unavailable,
  unresolvedName,
} from '@log-archiver/local-aws';
import type { Archiver } from '../../archiver';
import { prepareMonthEnd, recover, runScenario } from '../october-scenario';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** Operations that export, that record, and of a whole run. */
const CALLS = {
  EXPORT: ['CreateExportTask', 'DescribeExportTasks'],
  RECORD: ['ListObjectsV2', 'PutObject'],
  ALL: ['DescribeLogGroups', 'CreateExportTask', 'DescribeExportTasks', 'ListObjectsV2', 'PutObject', 'GetObject'],
};
/** Functions that export, that record, and of a whole run. */
const FUNCTIONS = {
  EXPORT: ['ExportLogToS3', 'CheckExportTask'],
  RECORD: ['RecordArchive'],
  ALL: ['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive'],
};
type Kinds = Record<keyof typeof CALLS, string[]>;

type InjectFault = (archiver: Archiver, scope: Scope, onStrike: () => void) => void;

const intoCalls = (fault: Parameters<Archiver['aws']['faults']['inject']>[0], kinds: Kinds = CALLS): InjectFault => {
  return ({ aws }, scope, onStrike) => injectCounted(aws.faults, fault, kinds[scope.kind], scope, onStrike);
};
const intoFunctions = (fault: Fault<unknown>): InjectFault => {
  return ({ aws }, scope, onStrike) => injectCounted(aws.functionFaults, fault, FUNCTIONS[scope.kind], scope, onStrike);
};
const CREATION: Kinds = { EXPORT: ['CreateExportTask'], RECORD: [], ALL: ['CreateExportTask'] };

/** Each fault, and the error name with which it makes an item or a run fail. */
export const FAULTS = {
  throttled: [intoCalls(throttled), 'ThrottlingException'],
  unavailable: [intoCalls(unavailable), 'ServiceUnavailableException'],
  proxyPage: [intoCalls(proxyPage(502)), 'SyntaxError'],
  cutSocket: [intoCalls(cutSocket), 'TimeoutError'],
  unresolvedName: [intoCalls(unresolvedName), 'Error'],
  lostAnswer: [intoCalls(lostAnswer), 'TimeoutError'],
  bucketPolicyMissing: [intoCalls(bucketPolicyMissing, CREATION), 'AccessDeniedException'],
  bucketPolicyInvalid: [intoCalls(bucketPolicyInvalid, CREATION), 'InvalidParameterException'],
  crashes: [intoFunctions(crashes), 'Lambda.Unknown'],
  crashesAfterItsCall: [intoFunctions(crashesAfterItsCall), 'Lambda.Unknown'],
  timesOut: [intoFunctions(timesOut), 'Sandbox.Timedout'],
  timesOutAfterItsCall: [intoFunctions(timesOutAfterItsCall), 'Sandbox.Timedout'],
  tooManyInvocations: [intoFunctions(tooManyInvocations), 'Lambda.TooManyRequestsException'],
  serviceError: [intoFunctions(serviceError), 'Lambda.ServiceException'],
} satisfies Record<string, [InjectFault, string]>;

export const FIRST = 'on the first call of each kind';
const TWICE = 'on the first two attempts of every call';
const LONG = 'for 6 hours';
const TO_EXPORT = 'on every call that exports until the retries of both log groups are used up';
const TO_SEE =
  'on every call that exports after the first export started until the retries of both log groups are used up';
const TO_RECORD = 'on every call that records until the retries of both log groups are used up';

interface Scope extends FaultScope {
  kind: keyof Kinds;
}

/** Returns the time until the retries of both log groups are used up: 30 minutes each, longer if functions time out. */
const getRetryTime = (fault: string, kind: 'EXPORT' | 'RECORD') =>
  fault.startsWith('timesOut') ? { EXPORT: 9.1 * HOUR, RECORD: 92 * HOUR }[kind] : 1.1 * HOUR;

const SCOPES: Record<string, (now: number, fault: string) => Scope> = {
  [FIRST]: (now) => ({ kind: 'ALL', on: 'FIRST_CALL', until: now + 6 * HOUR }),
  [TWICE]: (now) => ({ kind: 'ALL', on: 'FIRST_TWO_ATTEMPTS', until: now + 6 * HOUR }),
  [LONG]: (now) => ({ kind: 'ALL', until: now + 6 * HOUR }),
  [TO_EXPORT]: (now, fault) => ({ kind: 'EXPORT', until: now + getRetryTime(fault, 'EXPORT') }),
  [TO_SEE]: (now, fault) => ({ kind: 'EXPORT', from: now + SECOND, until: now + getRetryTime(fault, 'EXPORT') }),
  [TO_RECORD]: (now, fault) => ({ kind: 'RECORD', from: now + SECOND, until: now + getRetryTime(fault, 'RECORD') }),
};

export type FaultCase = [
  fault: keyof typeof FAULTS,
  when: string,
  /** `FAILED` stands for the fault's error name. A `*`: the entry names an export task. `RUN`: planning failed. */
  outcomes: string,
  /** Calls or invocations that the fault hit. */
  strikes: number,
  creations: number,
  looks: number,
  seconds: number,
  /** Prefixes under which the events are archived at the end of the run. */
  archived: string,
  /** Export tasks that the same input creates after the fault is over. */
  again: number,
];

const ALL = 'orders payments';

export const FAULT_CASES: FaultCase[] = [
  ['throttled', FIRST, 'ARCHIVED ARCHIVED', 6, 3, 55, 70, ALL, 0],
  ['throttled', TWICE, 'ARCHIVED ARCHIVED', 356, 6, 195, 968, ALL, 0],
  ['throttled', LONG, 'RUN SlowDown', 5_430, 0, 0, 7_049, '', 2],
  ['throttled', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['throttled', TO_SEE, 'FAILED* FAILED', 640, 1, 643, 3_960, 'orders', 1],
  // S3 has other error names for the same faults.
  ['throttled', TO_RECORD, 'SlowDown* SlowDown*', 604, 2, 421, 3_960, ALL, 0],
  ['unavailable', FIRST, 'ARCHIVED ARCHIVED', 6, 3, 55, 70, ALL, 0],
  ['unavailable', TWICE, 'ARCHIVED ARCHIVED', 356, 6, 195, 968, ALL, 0],
  ['unavailable', LONG, 'RUN InternalError', 5_430, 0, 0, 7_049, '', 2],
  ['unavailable', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['unavailable', TO_SEE, 'FAILED* FAILED', 640, 1, 643, 3_960, 'orders', 1],
  ['unavailable', TO_RECORD, 'InternalError* InternalError*', 604, 2, 421, 3_960, ALL, 0],
  ['proxyPage', FIRST, 'ARCHIVED ARCHIVED', 6, 3, 55, 70, ALL, 0],
  ['proxyPage', TWICE, 'ARCHIVED ARCHIVED', 356, 6, 195, 968, ALL, 0],
  ['proxyPage', LONG, 'RUN Unknown', 5_430, 0, 0, 7_049, '', 2],
  ['proxyPage', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['proxyPage', TO_SEE, 'FAILED* FAILED', 640, 1, 643, 3_960, 'orders', 1],
  ['proxyPage', TO_RECORD, 'Unknown* Unknown*', 604, 2, 421, 3_960, ALL, 0],
  ['cutSocket', FIRST, 'ARCHIVED ARCHIVED', 6, 3, 55, 70, ALL, 0],
  ['cutSocket', TWICE, 'ARCHIVED ARCHIVED', 356, 6, 195, 968, ALL, 0],
  ['cutSocket', LONG, 'RUN FAILED', 5_430, 0, 0, 7_049, '', 2],
  ['cutSocket', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['cutSocket', TO_SEE, 'FAILED* FAILED', 640, 1, 643, 3_960, 'orders', 1],
  ['cutSocket', TO_RECORD, 'FAILED* FAILED*', 604, 2, 421, 3_960, ALL, 0],
  ['unresolvedName', FIRST, 'ARCHIVED ARCHIVED', 6, 3, 55, 70, ALL, 0],
  ['unresolvedName', TWICE, 'ARCHIVED ARCHIVED', 356, 6, 195, 968, ALL, 0],
  ['unresolvedName', LONG, 'RUN FAILED', 5_430, 0, 0, 7_049, '', 2],
  ['unresolvedName', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['unresolvedName', TO_SEE, 'FAILED* FAILED', 640, 1, 643, 3_960, 'orders', 1],
  ['unresolvedName', TO_RECORD, 'FAILED* FAILED*', 604, 2, 421, 3_960, ALL, 0],
  ['lostAnswer', FIRST, 'ARCHIVED ARCHIVED', 6, 2, 45, 60, ALL, 0],
  ['lostAnswer', TWICE, 'ARCHIVED ARCHIVED', 900, 2, 507, 2_248, ALL, 0],
  ['lostAnswer', LONG, 'RUN FAILED', 5_430, 0, 0, 7_049, '', 2],
  ['lostAnswer', TO_EXPORT, 'FAILED FAILED', 641, 0, 642, 3_960, '', 2],
  ['lostAnswer', TO_SEE, 'FAILED* FAILED', 640, 1, 643, 3_960, 'orders', 1],
  ['lostAnswer', TO_RECORD, 'FAILED* FAILED*', 604, 2, 421, 3_960, ALL, 0],
  ['bucketPolicyMissing', FIRST, 'FAILED ARCHIVED', 1, 2, 28, 23, 'payments', 1],
  ['bucketPolicyMissing', TWICE, 'FAILED FAILED', 2, 2, 3, 0, '', 2],
  ['bucketPolicyMissing', LONG, 'FAILED FAILED', 2, 2, 3, 0, '', 2],
  ['bucketPolicyInvalid', FIRST, 'FAILED ARCHIVED', 1, 2, 28, 23, 'payments', 1],
  ['bucketPolicyInvalid', TWICE, 'FAILED FAILED', 2, 2, 3, 0, '', 2],
  ['bucketPolicyInvalid', LONG, 'FAILED FAILED', 2, 2, 3, 0, '', 2],
  ['crashes', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 43, 76, ALL, 0],
  ['crashes', TWICE, 'ARCHIVED ARCHIVED', 16, 2, 13, 166, ALL, 0],
  ['crashes', LONG, 'RUN FAILED', 181, 0, 0, 1_800, '', 2],
  ['crashes', TO_EXPORT, 'FAILED FAILED', 362, 0, 1, 3_600, '', 2],
  ['crashes', TO_SEE, 'FAILED* FAILED', 362, 1, 2, 3_600, 'orders', 1],
  ['crashes', TO_RECORD, 'FAILED* FAILED*', 362, 2, 51, 3_646, ALL, 0],
  ['crashesAfterItsCall', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 46, 76, ALL, 0],
  ['crashesAfterItsCall', TWICE, 'ARCHIVED ARCHIVED', 16, 2, 27, 166, ALL, 0],
  ['crashesAfterItsCall', LONG, 'RUN FAILED', 181, 0, 0, 1_800, '', 2],
  ['crashesAfterItsCall', TO_EXPORT, 'FAILED* FAILED*', 362, 2, 363, 3_600, ALL, 0],
  ['crashesAfterItsCall', TO_SEE, 'FAILED* FAILED*', 362, 2, 387, 3_623, ALL, 0],
  // The receipts are written, but the state machine does not get the answer. The planner reads them.
  ['crashesAfterItsCall', TO_RECORD, 'ARCHIVED ARCHIVED', 362, 2, 413, 3_646, ALL, 0],
  ['timesOut', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 30, 2_023, ALL, 0],
  ['timesOut', TWICE, 'ARCHIVED ARCHIVED', 16, 2, 7, 8_000, ALL, 0],
  // A planner that times out after 15 minutes is retried for 45 hours.
  ['timesOut', LONG, 'ARCHIVED ARCHIVED', 24, 2, 53, 21_886, ALL, 0],
  ['timesOut', TO_EXPORT, 'FAILED FAILED', 362, 0, 1, 32_560, '', 2],
  ['timesOut', TO_SEE, 'FAILED* FAILED', 362, 1, 2, 32_560, 'orders', 1],
  ['timesOut', TO_RECORD, 'FAILED* FAILED*', 362, 2, 51, 329_446, ALL, 0],
  ['timesOutAfterItsCall', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 33, 2_023, ALL, 0],
  ['timesOutAfterItsCall', TWICE, 'ARCHIVED ARCHIVED', 16, 2, 21, 8_000, ALL, 0],
  ['timesOutAfterItsCall', LONG, 'ARCHIVED ARCHIVED', 24, 2, 53, 21_886, ALL, 0],
  ['timesOutAfterItsCall', TO_EXPORT, 'FAILED* FAILED*', 362, 2, 363, 32_560, ALL, 0],
  ['timesOutAfterItsCall', TO_SEE, 'FAILED* FAILED*', 362, 2, 387, 32_583, ALL, 0],
  ['timesOutAfterItsCall', TO_RECORD, 'ARCHIVED ARCHIVED', 362, 2, 413, 329_446, ALL, 0],
  ['tooManyInvocations', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 43, 76, ALL, 0],
  ['tooManyInvocations', TWICE, 'ARCHIVED ARCHIVED', 16, 2, 13, 166, ALL, 0],
  ['tooManyInvocations', LONG, 'RUN FAILED', 181, 0, 0, 1_800, '', 2],
  ['tooManyInvocations', TO_EXPORT, 'FAILED FAILED', 362, 0, 1, 3_600, '', 2],
  ['tooManyInvocations', TO_SEE, 'FAILED* FAILED', 362, 1, 2, 3_600, 'orders', 1],
  ['tooManyInvocations', TO_RECORD, 'FAILED* FAILED*', 362, 2, 51, 3_646, ALL, 0],
  ['serviceError', FIRST, 'ARCHIVED ARCHIVED', 4, 2, 43, 76, ALL, 0],
  ['serviceError', TWICE, 'ARCHIVED ARCHIVED', 16, 2, 13, 166, ALL, 0],
  ['serviceError', LONG, 'RUN FAILED', 181, 0, 0, 1_800, '', 2],
  ['serviceError', TO_EXPORT, 'FAILED FAILED', 362, 0, 1, 3_600, '', 2],
  ['serviceError', TO_SEE, 'FAILED* FAILED', 362, 1, 2, 3_600, 'orders', 1],
  ['serviceError', TO_RECORD, 'FAILED* FAILED*', 362, 2, 51, 3_646, ALL, 0],
];

/** Runs October with the fault, compares the run with its row, and runs it again without the fault. */
export async function checkFault([name, when, outcomes, ...expected]: FaultCase) {
  const [strikes, creations, looks, seconds, archived, again] = expected;
  const archiver = await prepareMonthEnd();
  const [injectFault, error] = FAULTS[name];
  let struck = 0;
  injectFault(archiver, SCOPES[when]?.(archiver.aws.clock.now(), name) as Scope, () => {
    struck += 1;
  });
  const { run, observation } = await runScenario(archiver);
  expect({ ...observation, strikes: struck }).toEqual({
    outcomes: outcomes.replaceAll('FAILED', error),
    strikes,
    creations,
    looks,
    seconds,
    archived,
  });
  expect(await recover(archiver, run)).toBe(again);
}

/** Injects the fault once per operation or function, so that it hits the first call of each. */
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
    // CheckExportTask is only called after the first export started, at the same instant.
    const { from, ...always } = scope;
    faults.inject(counted, of === 'CheckExportTask' ? { ...always, of } : { from, ...always, of });
  }
}
