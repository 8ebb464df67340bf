import type { FaultName } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { type DemoResult, runDemo } from '../src/run-demo';
import { createFolder } from './temporary-folder';

// The log groups are created with their first event.
const logEvents = [{ timestamp: Date.parse('2026-09-30T15:00:00Z'), message: 'x' }];
const logFiles = ['/file/one', '/file/two'].map((logGroupName) => ({ logGroupName, events: logEvents }));

/** Runs the demo for two log groups and one month, with faults. */
export function runWithFaults(...fault: FaultName[]): Promise<DemoResult> {
  const options = {
    out: createFolder(),
    temporaryFolder: createFolder(),
    timeZone: 'Asia/Tokyo',
    granularity: Granularity.MONTHLY,
    period: '2026-10',
    json: false,
    logFiles,
    fault,
  };
  return runDemo(options, 0, { reached() {}, ended() {} });
}

export const ARCHIVED = ['ARCHIVED', 'ARCHIVED'];
const NOTHING_TO_DO = { 'ARCHIVED before': 2 };
const ONE_LEFT = { ARCHIVED: 1, 'ARCHIVED before': 1 };

export type FaultCase = [
  fault: FaultName,
  outcomes: string[],
  errors: Record<string, number>,
  seconds: number,
  secondRun?: Record<string, number>,
];

export const FAULT_CASES: FaultCase[] = [
  // The planner retries its calls in place, a second later each time. The state machine retries the other functions.
  ['throttled', ARCHIVED, { ThrottlingException: 60, SlowDown: 124 }, 2_328],
  ['unavailable', ARCHIVED, { ServiceUnavailableException: 60, InternalError: 124 }, 2_328],
  [
    'outage',
    ['FAILED (ServiceUnavailableException)', 'ARCHIVED'],
    { ServiceUnavailableException: 361 },
    3_623,
    ONE_LEFT,
  ],
  ['proxy-page', ARCHIVED, { SyntaxError: 60, Unknown: 124 }, 2_328],
  ['cut-socket', ARCHIVED, { TimeoutError: 184 }, 2_328],
  ['unresolved-name', ARCHIVED, { Error: 15 }, 646],
  ['lost-answer', ARCHIVED, { TimeoutError: 1 }, 46],
  ['task-fails', ARCHIVED, { FAILED: 1 }, 69],
  ['task-cancelled', ['FAILED (CANCELLED)', 'ARCHIVED'], { CANCELLED: 1 }, 30, ONE_LEFT],
  // 23.5 hours until it is cancelled, a wait for the slot, then 31 exports of one day each.
  ['task-given-up', ARCHIVED, { ExportTaskGivenUp: 1 }, 85_391],
  ['task-hidden', ARCHIVED, { ExportTaskNotFound: 24 }, 120],
  ['slot-taken', ARCHIVED, { ExportSlotBusy: 119 }, 7_254],
  [
    'slot-blocked',
    ['FAILED (ExportSlotUnavailable)', 'FAILED (ExportSlotUnavailable)'],
    { ExportSlotBusy: 2_666, ExportSlotUnavailable: 22 },
    173_401,
    { ARCHIVED: 2 },
  ],
  [
    'bucket-policy-missing',
    ['FAILED (AccessDeniedException)', 'FAILED (AccessDeniedException)'],
    { AccessDeniedException: 2 },
    0,
    { AccessDeniedException: 2 },
  ],
  [
    'bucket-policy-invalid',
    ['FAILED (InvalidParameterException)', 'FAILED (InvalidParameterException)'],
    { InvalidParameterException: 2 },
    0,
    { InvalidParameterException: 2 },
  ],
  ['function-dies', ARCHIVED, { 'Lambda.Unknown': 1 }, 56],
  ['function-dies-late', ARCHIVED, { 'Lambda.Unknown': 1 }, 46],
  ['function-times-out', ARCHIVED, { 'Sandbox.Timedout': 1 }, 136],
  ['function-times-out-late', ARCHIVED, { 'Sandbox.Timedout': 1 }, 113],
  ['lambda-throttled', ARCHIVED, { 'Lambda.TooManyRequestsException': 16 }, 166],
  ['lambda-unwell', ARCHIVED, { 'Lambda.ServiceException': 16 }, 166],
];

/** Runs the demo with a fault, and compares both runs with the row. */
export async function checkFault([fault, outcomes, errors, seconds, secondOutcomes = NOTHING_TO_DO]: FaultCase) {
  const { run, logGroups, eventsPutIn, eventsInArchive, secondRun } = await runWithFaults(fault);
  expect(logGroups.map(({ status, error }) => (error === null ? status : `${status} (${error})`))).toEqual(outcomes);
  expect(run.errors).toEqual(errors);
  expect(run.seconds).toBe(seconds);
  const archived = outcomes.filter((outcome) => outcome === 'ARCHIVED').length;
  expect(run.execution).toBe(archived === 2 ? 'SUCCEEDED' : 'FAILED');
  expect([eventsPutIn, eventsInArchive]).toEqual([2, archived]);
  expect(secondRun.outcomes).toEqual(secondOutcomes);
  expect(secondRun.eventsInArchive).toBe(archived + (secondOutcomes.ARCHIVED ?? 0));
}
