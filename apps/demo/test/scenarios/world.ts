import {
  bucketPolicyInvalid,
  bucketPolicyMissing,
  cutSocket,
  dies,
  diesAfterItsCall,
  type FaultScope,
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
import fc from 'fast-check';
import { CHECKOUT, ORDERS, PAYMENTS } from '../archiver';

const HOUR = 3_600;
const DAY = 24 * HOUR;

export const CALL_FAULTS = {
  throttled,
  unavailable,
  proxyPage: proxyPage(502),
  cutSocket,
  unresolvedName,
  lostAnswer,
  bucketPolicyMissing,
  bucketPolicyInvalid,
};
export const FUNCTION_FAULTS = {
  dies,
  diesAfterItsCall,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
  lambdaUnwell,
};

/**
 * Mostly one of `usual`, and one of `rare` once in so many times: what lasts for hours is thousands of polls, and would
 * take the time in which a hundred other worlds are tried.
 */
const rarely = (once: number, usual: number[], rare: number[]) =>
  fc.oneof(
    { weight: once - 1, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  );
const keysOf = <T extends object>(table: T) => fc.constantFrom(...(Object.keys(table) as (keyof T)[]));

const when = fc.record({
  on: fc.constantFrom<FaultScope['on']>('FIRST_CALL', 'FIRST_TWO_ATTEMPTS', 'EVERY_CALL'),
  afterSeconds: fc.constantFrom(0, 1, 10, 60, 600),
  // Retries last for 30 minutes.
  forSeconds: rarely(12, [1, 60, 60, 300], [1_700, 2 * HOUR]),
});
const callFault = fc.record({
  fault: keysOf(CALL_FAULTS),
  of: fc.constantFrom(undefined, 'CreateExportTask', 'DescribeExportTasks'),
  when,
});
const functionFault = fc.record({
  fault: keysOf(FUNCTION_FAULTS),
  of: fc.constantFrom(undefined, 'ExportLogToS3', 'CheckExportTask'),
  when,
});
const course = fc.record({
  logGroupName: fc.constantFrom(ORDERS, CHECKOUT, PAYMENTS),
  // AWS gives an export up after 24 hours.
  runningSeconds: fc.oneof(
    { weight: 39, arbitrary: rarely(8, [0, 1, 20], [300]) },
    { weight: 1, arbitrary: rarely(8, [HOUR], [30 * HOUR]) },
  ),
  ends: fc.constantFrom<'COMPLETED' | 'FAILED'>('COMPLETED', 'COMPLETED', 'FAILED'),
});

/** A world in which anything goes wrong that AWS can do, for a while. */
export const world = fc.record({
  callFaults: fc.array(callFault, { maxLength: 3 }),
  functionFaults: fc.array(functionFault, { maxLength: 2 }),
  // After 3 minutes a task that is not shown is given up.
  tasksHiddenSeconds: rarely(16, [0, 0, 0, 5, 60], [400]),
  strangerSeconds: fc.oneof(
    { weight: 29, arbitrary: rarely(8, [0, 0, 5, 60], [600]) },
    { weight: 1, arbitrary: rarely(8, [2 * HOUR], [20 * HOUR, 50 * HOUR]) },
  ),
  courses: fc.array(course, { maxLength: 4 }),
  /** When the log group appeared that is not of the archiver's stack, as the first run sees it. */
  created: fc.constantFrom('BEFORE_THE_PERIOD', 'INSIDE_THE_PERIOD', 'AFTER_THE_PERIOD', 'NEVER'),
  frequency: fc.constantFrom('MONTHLY', 'DAILY'),
  itemOrderSeed: fc.option(fc.nat(), { nil: undefined }),
  /** Another run beside the first: for the same period, or the one of the next day. */
  second: fc.constantFrom(
    ...[undefined, undefined, undefined],
    { of: 'THE_SAME', afterSeconds: 0 },
    { of: 'THE_SAME', afterSeconds: 45 },
    // A late run of the day before meets the next one at once; two runs in time meet when the first takes a day.
    { of: 'THE_NEXT_DAY', afterSeconds: 0 },
    { of: 'THE_NEXT_DAY', afterSeconds: 45 },
    { of: 'THE_NEXT_DAY', afterSeconds: DAY },
  ),
});

export type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** Whether a run gets through this world by itself: nothing lasts longer than its retries, or is not retried at all. */
export function isRiddenOut({ callFaults, functionFaults, tasksHiddenSeconds, strangerSeconds, courses }: World) {
  return (
    [...callFaults, ...functionFaults].every(({ when }) => when.forSeconds <= 300) &&
    callFaults.every(({ fault }) => !fault.startsWith('bucketPolicy')) &&
    courses.every(({ ends, runningSeconds }) => ends === 'COMPLETED' && runningSeconds < DAY) &&
    tasksHiddenSeconds < 180 &&
    strangerSeconds < 2 * DAY
  );
}
