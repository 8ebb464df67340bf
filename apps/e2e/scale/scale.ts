import { MAX_STATE_DATA_BYTES } from '@log-archiver/core';
import { type Execution, LocalAws, type RecordedCall } from '@log-archiver/local-aws';
import { BUCKET_NAME, FIRST, synthesizeArchiver } from '../simulation/archivers';

/**
 * Maximum number of events in the history of an execution.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const MAX_HISTORY_EVENTS = 25_000;
/** Returns a name of 512 characters, the longest, for the largest possible page. */
const createName = (index: number) => `/app/${String(index).padStart(507, '0')}`;
const synthesized = synthesizeArchiver(FIRST, 'MONTHLY');

interface Measurement {
  archived: number;
  exports: number;
  pages: number;
  transitions: number;
  parentEvents: number;
  longestChildEvents: number;
  largestDataBytes: number;
  /** Number of calls of AWS by operation. */
  calls: Record<string, number>;
  /** The same for a second run, which finds everything archived. */
  callsOfSecondRun: Record<string, number>;
  heapMegabytes: number;
  wallSeconds: number;
  virtualDays: number;
}

/** Archives log groups that were created at `since`, and measures the run. */
async function archive(logGroups: number, months: string, since: string): Promise<Measurement> {
  const aws = new LocalAws({ now: since });
  aws.buckets.createBucket(BUCKET_NAME);
  const { stateMachine } = aws.deploy(synthesized);
  for (let index = 0; index < logGroups; index += 1) {
    aws.logs.call('CreateLogGroup', { logGroupName: createName(index) });
  }
  await aws.clock.moveTo('2026-11-02T00:00:00Z');
  const [wallStart, start] = [performance.now(), aws.clock.now()];
  let largestDataBytes = 0;
  let heap = 0;
  const execution: Execution = stateMachine.startExecution({ period: months }, ({ type, state }) => {
    if (state?.name === 'PlanArchive' && type === 'StateExited') {
      heap = Math.max(heap, process.memoryUsage().heapUsed);
      largestDataBytes = Math.max(largestDataBytes, countBytes(state.input), countBytes(state.output));
    }
  });
  const result = await aws.waitFor(execution);
  if (result.status !== 'SUCCEEDED') {
    throw new Error(JSON.stringify(result));
  }
  const calls = countOperations(aws.requestHandler.calls);
  const [duration, wallSeconds] = [aws.clock.now() - start, (performance.now() - wallStart) / 1_000];
  const before = aws.requestHandler.calls.length;
  const second = await aws.waitFor(stateMachine.startExecution({ period: months }));
  if (second.status !== 'SUCCEEDED') {
    throw new Error(JSON.stringify(second));
  }
  return {
    archived: (result.output as { archived: number }).archived,
    exports: calls.CreateExportTask ?? 0,
    pages: execution.events.filter(({ type, state }) => type === 'StateEntered' && state?.name === 'PlanArchive')
      .length,
    transitions: execution.stateTransitions,
    parentEvents: execution.history,
    longestChildEvents: Math.max(...execution.childExecutions.map(({ history }) => history)),
    largestDataBytes,
    calls,
    callsOfSecondRun: countOperations(aws.requestHandler.calls.slice(before)),
    heapMegabytes: Math.round(heap / 2 ** 20),
    wallSeconds: Math.round(wallSeconds),
    virtualDays: Math.round(duration / 8_640_000) / 10,
  };
}

function countOperations(calls: readonly RecordedCall[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operation } of calls) {
    counts[operation] = (counts[operation] ?? 0) + 1;
  }
  return counts;
}

function countBytes(data: unknown): number {
  return Buffer.byteLength(JSON.stringify(data) ?? '');
}

/** Defines the scale tests. The environment variables `LOG_GROUPS` and `MONTHS` repeat the measurements of docs/scale.md. */
export function checkScale(defaultLogGroups: number, defaultMonths: number) {
  const { LOG_GROUPS, MONTHS } = process.env;
  const logGroupCount = Number(LOG_GROUPS ?? defaultLogGroups);
  const monthCount = Number(MONTHS ?? defaultMonths);
  const period = endInOctober(monthCount);

  it.each([
    ['many log groups and one month', logGroupCount, '2026-10', '2026-10-01T00:00:00Z', 1],
    ['50 log groups and many months', 50, period, `${period.slice(0, 7)}-01T00:00:00Z`, monthCount],
  ])(
    'keeps a run over %s within the limits of Step Functions',
    async (_, logGroups, months, since, count) => {
      const measured = await archive(logGroups, months, since);
      if (LOG_GROUPS) {
        console.log(JSON.stringify(measured, null, 2));
      }
      expect(measured).toMatchObject({ archived: logGroups * count, exports: logGroups * count });
      expect(measured.largestDataBytes).toBeLessThan(MAX_STATE_DATA_BYTES);
      expect(measured.parentEvents).toBeLessThan(MAX_HISTORY_EVENTS);
      // A page of 40 items takes 13 events, or 16 with a retry.
      expect(measured.parentEvents).toBeLessThanOrEqual(13 * (measured.pages + 1));
    },
    3_600_000,
  );
}

/** Returns the period input of the given number of months that end with October 2026. */
function endInOctober(months: number): string {
  const first = new Date(Date.UTC(2026, 10 - months, 1)).toISOString().slice(0, 7);
  return `${first}/2026-10`;
}
