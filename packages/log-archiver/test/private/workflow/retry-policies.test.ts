import type { NamedErrorName } from '@log-archiver/core';
import { newArchiver, newStack } from '../../archiver-stack';
import { getDefinition, getItemStates, type Retrier, type State } from '../../definition';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

const stack = newStack();
newArchiver(stack);
const definition = getDefinition(stack);
const itemStates = getItemStates(definition);
const states: Record<string, State> = { PlanArchive: definition.States.PlanArchive, ...itemStates };

/** Returns the retrier that AWS applies: the first that names the error, or else the one for States.ALL. */
function findRetrier(state: string, error: string): Retrier {
  const found = states[state].Retry?.find(({ ErrorEquals }) =>
    ErrorEquals.some((name) => [error, 'States.ALL'].includes(name)),
  );
  if (found === undefined) {
    throw new Error(`expected ${state} to retry on ${error}`);
  }
  return found;
}

/** Returns the seconds between one attempt and the next. */
function listDelays({
  MaxAttempts,
  IntervalSeconds = 1,
  BackoffRate = 2,
  MaxDelaySeconds = Infinity,
}: Retrier): number[] {
  return Array.from({ length: MaxAttempts }, (_, i) => Math.min(IntervalSeconds * BackoffRate ** i, MaxDelaySeconds));
}

const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
const sumDelays = (state: string, error: string) => sum(listDelays(findRetrier(state, error)));

type End = 'RecordArchive' | 'Failed' | 'Skipped' | 'end of the run';

const atOnce: [state: string, seconds: number, end: End][] = [
  ['PlanArchive', 0, 'end of the run'],
  ['ExportLogToS3', 0, 'Failed'],
  ['CheckExportTask', 0, 'Failed'],
  ['RecordArchive', 0, 'Failed'],
];

/** Effect of every error of the contract: the state, the total wait in seconds, and the end of the item or run. */
const NAMED: Record<NamedErrorName, [state: string, seconds: number, end: End][]> = {
  PENDING: [['CheckExportTask', 90_577, 'Failed']],
  RUNNING: [['CheckExportTask', 90_577, 'Failed']],
  PENDING_CANCEL: [['CheckExportTask', 90_577, 'Failed']],
  FAILED: [['CheckExportTask', 0, 'Failed']],
  CANCELLED: [['CheckExportTask', 0, 'Failed']],
  ExportTaskGivenUp: [['CheckExportTask', 0, 'Failed']],
  ExportTaskNotFound: [['CheckExportTask', 3 * MINUTE, 'Failed']],
  ExportSlotBusy: [['ExportLogToS3', 59_416, 'Failed']],
  ExportSlotUnavailable: [['ExportLogToS3', 5 * MINUTE, 'Failed']],
  LogGroupNotFound: [
    ['ExportLogToS3', 0, 'Skipped'],
    ['RecordArchive', 0, 'Failed'],
  ],
  ArchiveEmpty: [['RecordArchive', 0, 'Failed']],
  ArchivePartial: [['RecordArchive', 0, 'Failed']],
  EvidenceRefused: [['RecordArchive', 0, 'Failed']],
  ExportTaskMismatch: [['RecordArchive', 0, 'Failed']],
  ReceiptInvalid: [['RecordArchive', 0, 'Failed']],
  RecordingUnfinished: [['RecordArchive', 0, 'RecordArchive']],
  InvalidArchiveRequest: atOnce,
  AccessDeniedException: atOnce,
  AccessDenied: atOnce,
  InvalidParameterException: atOnce,
};
const cases = Object.entries(NAMED).flatMap(([error, ways]) => ways.map((way) => [error, ...way] as const));

describe('a named error', () => {
  it.each(cases)('%s in %s is retried for %d s, with the result %s', (error, state, seconds, end) => {
    const { ErrorEquals } = findRetrier(state, error);
    expect(ErrorEquals).toContain(error);
    expect(Math.round(sumDelays(state, error))).toBe(seconds);
    const caught = states[state].Catch?.find((each) => [error, 'States.ALL'].includes(each.ErrorEquals[0]));
    expect(caught?.Next ?? 'end of the run').toBe(end);
  });

  it.each(Object.keys(NAMED))('%s is in at most one retrier of each state', (error) => {
    for (const { Retry = [] } of Object.values(states)) {
      expect(Retry.filter(({ ErrorEquals }) => ErrorEquals.includes(error)).length).toBeLessThanOrEqual(1);
    }
  });

  it('is the only kind of error in retriers, except for States.ALL', () => {
    const named = Object.values(states).flatMap(({ Retry = [], Catch = [] }) =>
      [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
    );
    expect([...new Set(named)].sort()).toEqual([...Object.keys(NAMED), 'States.ALL'].sort());
  });
});

describe('waiting', () => {
  it('pauses between two invocations that poll for 2 s, then 5 % longer each time', () => {
    for (const [state, error, longest] of [
      ['CheckExportTask', 'RUNNING', 60],
      ['ExportLogToS3', 'ExportSlotBusy', 20],
    ] as const) {
      expect(listDelays(findRetrier(state, error)).slice(0, 3)).toEqual([2, 2.1, 2.205]);
      expect(Math.max(...listDelays(findRetrier(state, error)))).toBe(longest);
    }
  });

  it('polls longer than the 24 hours after which AWS gives an export up', () => {
    expect(sumDelays('CheckExportTask', 'RUNNING')).toBeGreaterThan(25 * HOUR);
  });

  it('waits for the slot longer than the 48 hours after which the function throws ExportSlotUnavailable', () => {
    // The last poll of an invocation starts at most 9 s before its 50 s are over.
    const polling = 41 * findRetrier('ExportLogToS3', 'ExportSlotBusy').MaxAttempts;
    expect(polling + sumDelays('ExportLogToS3', 'ExportSlotBusy')).toBeGreaterThan(48 * HOUR + 60);
  });

  it('retries every 30 s when the slot is unavailable', () => {
    expect(new Set(listDelays(findRetrier('ExportLogToS3', 'ExportSlotUnavailable')))).toEqual(new Set([30]));
  });

  it.each([
    'ThrottlingException',
    'ServiceUnavailableException',
    'OperationAbortedException',
    'TimeoutError',
    'Lambda.TooManyRequestsException',
    'Lambda.Unknown',
    'Sandbox.Timedout',
    'States.Timeout',
    'Error',
  ])('retries %s for half an hour', (error) => {
    for (const state of ['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive']) {
      expect(findRetrier(state, error).ErrorEquals).toEqual(['States.ALL']);
      expect(sumDelays(state, error)).toBe(30 * MINUTE);
    }
  });

  it('survives a failure in every ninth poll of an export of 24 hours, at a cost of 10 s each', () => {
    const { MaxAttempts, ...retrier } = findRetrier('CheckExportTask', 'ThrottlingException');
    expect(MaxAttempts).toBeGreaterThan(1_478 / 9);
    expect(listDelays({ MaxAttempts: 170, ...retrier })).toEqual(Array(170).fill(10));
  });

  it('uses values that AWS accepts: a maximum delay above the interval, a backoff of at least 1', () => {
    for (const { BackoffRate = 2, IntervalSeconds = 1, MaxDelaySeconds = Infinity, MaxAttempts } of Object.values(
      states,
    ).flatMap(({ Retry = [] }) => Retry)) {
      expect(BackoffRate).toBeGreaterThanOrEqual(1);
      expect(MaxDelaySeconds).toBeGreaterThan(IntervalSeconds);
      expect(MaxAttempts).toBeLessThanOrEqual(99_999_999);
    }
  });
});

describe('the history of the longest execution of an item', () => {
  // https://docs.aws.amazon.com/step-functions/latest/dg/bp-history-limit.html, counted as in packages/local-aws.
  const [task, retry, startAndEnd] = [5, 3, 2];
  const countAttempts = (state: string) => sum((itemStates[state].Retry ?? []).map(({ MaxAttempts }) => MaxAttempts));
  const countMostEvents = (state: string) => task + countAttempts(state) * retry;
  const untilCompleted = startAndEnd + countMostEvents('ExportLogToS3') + countMostEvents('CheckExportTask');

  it('has 15,455 of 25,000 events with all retries used', () => {
    expect(countAttempts('ExportLogToS3')).toBe(3_000 + 10 + 180);
    expect(countAttempts('CheckExportTask')).toBe(1_560 + 36 + 180);
    expect(countAttempts('RecordArchive')).toBe(180);
    expect(untilCompleted + countMostEvents('RecordArchive')).toBe(15_455);
  });

  it('has room for 1,909 more invocations that count 2,000 pages of 1,000 objects each', () => {
    const spare = 25_000 - untilCompleted - countMostEvents('RecordArchive');
    expect(Math.floor(spare / task)).toBe(1_909);
  });
});
