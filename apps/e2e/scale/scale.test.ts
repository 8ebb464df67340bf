import { type Execution, LocalAws } from '@log-archiver/local-aws';
import { BUCKET_NAME, FIRST, synthesizeArchiver } from '../simulation/archivers';

/** `LOG_GROUPS=10000 npx jest scale/scale` tries what docs/scale.md says. */
const LOG_GROUPS = Number(process.env.LOG_GROUPS ?? 400);
const MONTHS = Number(process.env.MONTHS ?? 12);
const MAX_BYTES = 262_144;
const MAX_EVENTS = 25_000;
/** The longest name: what a page can weigh. */
const nameOf = (index: number) => `/app/${String(index).padStart(507, '0')}`;
const synthesized = synthesizeArchiver(FIRST, 'MONTHLY');

interface Measured {
  archived: number;
  exports: number;
  pages: number;
  transitions: number;
  parentEvents: number;
  longestChildEvents: number;
  largestDataBytes: number;
  plannerCallsOfS3: number;
  heapMegabytes: number;
  wallSeconds: number;
  virtualDays: number;
}

/** Archives log groups that are as old as their first month, and counts. */
async function archive(logGroups: number, months: string, since: string): Promise<Measured> {
  const aws = new LocalAws({ now: since });
  aws.files.createBucket(BUCKET_NAME);
  const { stateMachine } = aws.deploy(synthesized);
  for (let index = 0; index < logGroups; index += 1) {
    aws.logs.call('CreateLogGroup', { logGroupName: nameOf(index) });
  }
  await aws.clock.moveTo('2026-11-02T00:00:00Z');
  const [wallStart, start] = [performance.now(), aws.clock.now()];
  let largestDataBytes = 0;
  let transitions = 0;
  let heap = 0;
  const execution: Execution = stateMachine.startExecution({ period: months }, ({ type, state }) => {
    transitions += ['StateEntered', 'StateRetried'].includes(type) ? 1 : 0;
    if (state?.name === 'PlanArchive' && type === 'StateExited') {
      heap = Math.max(heap, process.memoryUsage().heapUsed);
      largestDataBytes = Math.max(largestDataBytes, sizeOf(state.input), sizeOf(state.output));
    }
  });
  const result = await aws.waitFor(execution);
  if (result.status !== 'SUCCEEDED') {
    throw new Error(JSON.stringify(result));
  }
  const callsOf = (operation: string) => aws.requestHandler.calls.filter((call) => call.operation === operation).length;
  return {
    archived: (result.output as { archived: number }).archived,
    exports: callsOf('CreateExportTask'),
    pages: execution.events.filter(({ type, state }) => type === 'StateEntered' && state?.name === 'PlanArchive')
      .length,
    transitions,
    parentEvents: execution.history,
    longestChildEvents: Math.max(...execution.childExecutions.map(({ history }) => history)),
    largestDataBytes,
    plannerCallsOfS3: callsOf('GetObject') + callsOf('ListObjectsV2') - execution.childExecutions.length,
    heapMegabytes: Math.round(heap / 2 ** 20),
    wallSeconds: Math.round((performance.now() - wallStart) / 1_000),
    virtualDays: Math.round((aws.clock.now() - start) / 8_640_000) / 10,
  };
}

function sizeOf(data: unknown): number {
  return Buffer.byteLength(JSON.stringify(data) ?? '');
}

it.each([
  ['many log groups and one month', LOG_GROUPS, '2026-10', '2026-10-01T00:00:00Z', 1],
  ['fifty log groups and many months', 50, firstOf(MONTHS), `${firstOf(MONTHS).slice(0, 7)}-01T00:00:00Z`, MONTHS],
])(
  'a run over %s stays within the limits of Step Functions',
  async (_, logGroups, months, since, count) => {
    const measured = await archive(logGroups, months, since);
    if (process.env.LOG_GROUPS) {
      console.log(JSON.stringify(measured, null, 2));
    }
    expect(measured).toMatchObject({ archived: logGroups * count, exports: logGroups * count });
    expect(measured.largestDataBytes).toBeLessThan(MAX_BYTES);
    expect(measured.parentEvents).toBeLessThan(MAX_EVENTS);
    // A page of 40 is 13 events, or 16 with a retry.
    expect(measured.parentEvents).toBeLessThanOrEqual(13 * (measured.pages + 1));
  },
  3_600_000,
);

/** The so many months that end with October 2026, as an input names them. */
function firstOf(months: number): string {
  const first = new Date(Date.UTC(2026, 10 - months, 1)).toISOString().slice(0, 7);
  return `${first}/2026-10`;
}
