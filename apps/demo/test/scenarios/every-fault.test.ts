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
const CALLS = ['CreateExportTask', 'DescribeExportTasks'];
const FUNCTIONS = ['ExportLogToS3', 'CheckExportTask'];

type Arrange = (archiver: Archiver, scope: FaultScope, onStrike: () => void) => void;

const ofCalls = (fault: Parameters<Archiver['aws']['faults']['inject']>[0], operations = CALLS): Arrange => {
  return ({ aws }, scope, onStrike) => injectCounted(aws.faults, fault, operations, scope, onStrike);
};
const ofFunctions = (fault: Fault<unknown>): Arrange => {
  return ({ aws }, scope, onStrike) => injectCounted(aws.functionFaults, fault, FUNCTIONS, scope, onStrike);
};

/** The faults, and the names under which a run fails of them. */
const FAULTS = {
  throttled: [ofCalls(throttled), 'ThrottlingException'],
  unavailable: [ofCalls(unavailable), 'ServiceUnavailableException'],
  proxyPage: [ofCalls(proxyPage(502)), 'SyntaxError'],
  cutSocket: [ofCalls(cutSocket), 'TimeoutError'],
  unresolvedName: [ofCalls(unresolvedName), 'Error'],
  lostAnswer: [ofCalls(lostAnswer), 'TimeoutError'],
  bucketPolicyMissing: [ofCalls(bucketPolicyMissing, ['CreateExportTask']), 'AccessDeniedException'],
  bucketPolicyInvalid: [ofCalls(bucketPolicyInvalid, ['CreateExportTask']), 'InvalidParameterException'],
  dies: [ofFunctions(dies), 'Lambda.Unknown'],
  diesAfterItsCall: [ofFunctions(diesAfterItsCall), 'Lambda.Unknown'],
  timesOut: [ofFunctions(timesOut), 'Sandbox.Timedout'],
  timesOutAfterItsCall: [ofFunctions(timesOutAfterItsCall), 'Sandbox.Timedout'],
  tooManyInvocations: [ofFunctions(tooManyInvocations), 'Lambda.TooManyRequestsException'],
  lambdaUnwell: [ofFunctions(lambdaUnwell), 'Lambda.ServiceException'],
} satisfies Record<string, [Arrange, string]>;

const FIRST = 'on the first call of each kind';
const TWICE = 'on the first two attempts of every call';
const LONG = 'for 6 hours, longer than the retries last';
const UNSEEN = 'for 6 hours from when an export has been started';

const scopes: Record<string, (now: number) => FaultScope> = {
  [FIRST]: (now) => ({ on: 'FIRST_CALL', until: now + 6 * HOUR }),
  [TWICE]: (now) => ({ on: 'FIRST_TWO_ATTEMPTS', until: now + 6 * HOUR }),
  [LONG]: (now) => ({ until: now + 6 * HOUR }),
  [UNSEEN]: (now) => ({ from: now + SECOND, until: now + 6 * HOUR }),
};

type Row = [
  fault: keyof typeof FAULTS,
  when: string,
  /** FAILED: under the fault's name; with a `*`: and its export task is named. */
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
  ['throttled', FIRST, 'ARCHIVED ARCHIVED', 2, 3, 24, 74, ALL, 0],
  ['throttled', TWICE, 'ARCHIVED ARCHIVED', 24, 6, 30, 244, ALL, 0],
  ['throttled', LONG, 'FAILED FAILED', 362, 0, 362, 3_600, '', 2],
  ['throttled', UNSEEN, 'FAILED* FAILED', 362, 1, 364, 3_602, 'orders', 1],
  ['unavailable', FIRST, 'ARCHIVED ARCHIVED', 2, 3, 24, 74, ALL, 0],
  ['unavailable', TWICE, 'ARCHIVED ARCHIVED', 24, 6, 30, 244, ALL, 0],
  ['unavailable', LONG, 'FAILED FAILED', 362, 0, 362, 3_600, '', 2],
  ['unavailable', UNSEEN, 'FAILED* FAILED', 362, 1, 364, 3_602, 'orders', 1],
  ['proxyPage', FIRST, 'ARCHIVED ARCHIVED', 2, 3, 24, 74, ALL, 0],
  ['proxyPage', TWICE, 'ARCHIVED ARCHIVED', 24, 6, 30, 244, ALL, 0],
  ['proxyPage', LONG, 'FAILED FAILED', 362, 0, 362, 3_600, '', 2],
  ['proxyPage', UNSEEN, 'FAILED* FAILED', 362, 1, 364, 3_602, 'orders', 1],
  ['cutSocket', FIRST, 'ARCHIVED ARCHIVED', 2, 3, 24, 74, ALL, 0],
  ['cutSocket', TWICE, 'ARCHIVED ARCHIVED', 24, 6, 30, 244, ALL, 0],
  ['cutSocket', LONG, 'FAILED FAILED', 362, 0, 362, 3_600, '', 2],
  ['cutSocket', UNSEEN, 'FAILED* FAILED', 362, 1, 364, 3_602, 'orders', 1],
  ['unresolvedName', FIRST, 'ARCHIVED ARCHIVED', 2, 3, 24, 74, ALL, 0],
  ['unresolvedName', TWICE, 'ARCHIVED ARCHIVED', 24, 6, 30, 244, ALL, 0],
  ['unresolvedName', LONG, 'FAILED FAILED', 362, 0, 362, 3_600, '', 2],
  ['unresolvedName', UNSEEN, 'FAILED* FAILED', 362, 1, 364, 3_602, 'orders', 1],
  ['lostAnswer', FIRST, 'ARCHIVED ARCHIVED', 2, 2, 21, 63, ALL, 0],
  ['lostAnswer', TWICE, 'ARCHIVED ARCHIVED', 14, 2, 18, 140, ALL, 0],
  ['lostAnswer', LONG, 'FAILED FAILED', 362, 0, 362, 3_600, '', 2],
  ['lostAnswer', UNSEEN, 'FAILED* FAILED', 362, 1, 364, 3_602, 'orders', 1],
  ['bucketPolicyMissing', FIRST, 'FAILED ARCHIVED', 1, 2, 12, 27, 'payments', 1],
  ['bucketPolicyMissing', TWICE, 'FAILED FAILED', 2, 2, 2, 0, '', 2],
  ['bucketPolicyMissing', LONG, 'FAILED FAILED', 2, 2, 2, 0, '', 2],
  ['bucketPolicyInvalid', FIRST, 'FAILED ARCHIVED', 1, 2, 12, 27, 'payments', 1],
  ['bucketPolicyInvalid', TWICE, 'FAILED FAILED', 2, 2, 2, 0, '', 2],
  ['bucketPolicyInvalid', LONG, 'FAILED FAILED', 2, 2, 2, 0, '', 2],
  ['dies', FIRST, 'ARCHIVED ARCHIVED', 2, 2, 19, 63, ALL, 0],
  ['dies', TWICE, 'ARCHIVED ARCHIVED', 12, 2, 6, 124, ALL, 0],
  ['dies', LONG, 'FAILED FAILED', 362, 0, 0, 3_600, '', 2],
  ['dies', UNSEEN, 'FAILED* FAILED', 362, 1, 2, 3_602, 'orders', 1],
  ['diesAfterItsCall', FIRST, 'ARCHIVED ARCHIVED', 2, 2, 17, 51, ALL, 0],
  ['diesAfterItsCall', TWICE, 'ARCHIVED ARCHIVED', 8, 2, 12, 80, ALL, 0],
  // The export function never lives to tell the id of the task it has made: no outcome can name it.
  ['diesAfterItsCall', LONG, 'FAILED FAILED', 362, 2, 362, 3_600, ALL, 0],
  ['diesAfterItsCall', UNSEEN, 'FAILED* FAILED', 362, 2, 364, 3_602, ALL, 0],
  ['timesOut', FIRST, 'ARCHIVED ARCHIVED', 2, 2, 13, 107, ALL, 0],
  ['timesOut', TWICE, 'ARCHIVED ARCHIVED', 8, 2, 4, 320, ALL, 0],
  ['timesOut', LONG, 'FAILED FAILED', 362, 0, 0, 14_460, '', 2],
  ['timesOut', UNSEEN, 'FAILED* FAILED', 362, 1, 2, 14_462, 'orders', 1],
  ['timesOutAfterItsCall', FIRST, 'ARCHIVED ARCHIVED', 2, 2, 15, 107, ALL, 0],
  ['timesOutAfterItsCall', TWICE, 'ARCHIVED ARCHIVED', 8, 2, 12, 320, ALL, 0],
  ['timesOutAfterItsCall', LONG, 'FAILED FAILED', 362, 2, 362, 14_460, ALL, 0],
  ['timesOutAfterItsCall', UNSEEN, 'FAILED* FAILED', 362, 2, 364, 14_462, ALL, 0],
  ['tooManyInvocations', FIRST, 'ARCHIVED ARCHIVED', 2, 2, 19, 63, ALL, 0],
  ['tooManyInvocations', TWICE, 'ARCHIVED ARCHIVED', 12, 2, 6, 124, ALL, 0],
  ['tooManyInvocations', LONG, 'FAILED FAILED', 362, 0, 0, 3_600, '', 2],
  ['tooManyInvocations', UNSEEN, 'FAILED* FAILED', 362, 1, 2, 3_602, 'orders', 1],
  ['lambdaUnwell', FIRST, 'ARCHIVED ARCHIVED', 2, 2, 19, 63, ALL, 0],
  ['lambdaUnwell', TWICE, 'ARCHIVED ARCHIVED', 12, 2, 6, 124, ALL, 0],
  ['lambdaUnwell', LONG, 'FAILED FAILED', 362, 0, 0, 3_600, '', 2],
  ['lambdaUnwell', UNSEEN, 'FAILED* FAILED', 362, 1, 2, 3_602, 'orders', 1],
];

describe('a fault', () => {
  withoutStacks();

  it.each(rows)('%s %s ends %s, and is made good', async (name, when, outcomes, strikes, creations, looks, ...rest) => {
    const [seconds, archived, again] = rest;
    const archiver = await archiverAtMonthEnd();
    const [arrange, error] = FAULTS[name];
    let struck = 0;
    arrange(archiver, scopes[when]?.(archiver.aws.clock.now()) ?? {}, () => {
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
  scope: FaultScope,
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
