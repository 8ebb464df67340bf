import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FaultName, NAMED_FAULTS } from '@log-archiver/local-aws';
import { Frequency } from 'cdk-log-archiver';
import { formatResult } from '../src/print-result';
import { type DemoResult, runDemo } from '../src/run-demo';

const logEvents = [{ timestamp: Date.parse('2026-10-15T00:00:00Z'), message: 'x' }];
const logFiles = ['/file/one', '/file/two'].map((logGroupName) => ({ logGroupName, events: logEvents }));

/** The result, and how often the run met which error, polls aside. */
async function runWith(...fault: FaultName[]): Promise<{ result: DemoResult; errors: Record<string, number> }> {
  const errors: Record<string, number> = {};
  const options = {
    timeZone: 'Asia/Tokyo',
    frequency: Frequency.MONTHLY,
    period: '2026-10',
    json: false,
    logFiles,
    fault,
  };
  const result = await runDemo(options, 0, {
    writing() {},
    archiving() {},
    ended() {},
    reached(_, step) {
      const [, error] = step.split(': ');
      if (error !== undefined && error !== 'PENDING' && error !== 'RUNNING') {
        errors[error] = (errors[error] ?? 0) + 1;
      }
    },
  });
  return { result, errors };
}

const RECOVERS = ['ARCHIVED', 'ARCHIVED'];
type Row = [fault: FaultName, outcomes: string[], errors: Record<string, number>, seconds: number];

describe('the demo', () => {
  const rows: Row[] = [
    ['throttled', RECOVERS, { ThrottlingException: 24 }, 244],
    ['unavailable', RECOVERS, { ServiceUnavailableException: 24 }, 244],
    ['outage', ['FAILED (ServiceUnavailableException)', 'ARCHIVED'], { ServiceUnavailableException: 361 }, 3_627],
    ['proxy-page', RECOVERS, { SyntaxError: 24 }, 244],
    ['cut-socket', RECOVERS, { TimeoutError: 24 }, 244],
    ['unresolved-name', RECOVERS, { Error: 60 }, 654],
    ['lost-answer', RECOVERS, { TimeoutError: 1 }, 53],
    ['task-fails', ['FAILED (FAILED)', 'ARCHIVED'], { FAILED: 1 }, 54],
    ['task-cancelled', ['FAILED (CANCELLED)', 'ARCHIVED'], { PENDING_CANCEL: 1, CANCELLED: 1 }, 36],
    ['task-given-up', ['FAILED (FAILED)', 'ARCHIVED'], { FAILED: 1 }, 86_485],
    ['task-hidden', RECOVERS, { ExportTaskNotFound: 24 }, 120],
    ['slot-taken', RECOVERS, { ExportSlotBusy: 125 }, 7_295],
    [
      'slot-blocked',
      ['FAILED (ExportSlotUnavailable)', 'FAILED (ExportSlotUnavailable)'],
      { ExportSlotBusy: 2_885, ExportSlotUnavailable: 22 },
      173_441,
    ],
    [
      'bucket-policy-missing',
      ['FAILED (AccessDeniedException)', 'FAILED (AccessDeniedException)'],
      { AccessDeniedException: 2 },
      0,
    ],
    [
      'bucket-policy-invalid',
      ['FAILED (InvalidParameterException)', 'FAILED (InvalidParameterException)'],
      { InvalidParameterException: 2 },
      0,
    ],
    ['function-dies', RECOVERS, { 'Lambda.Unknown': 1 }, 64],
    ['function-dies-late', RECOVERS, { 'Lambda.Unknown': 1 }, 53],
    ['function-times-out', RECOVERS, { 'Sandbox.Timedout': 1 }, 94],
    ['function-times-out-late', RECOVERS, { 'Sandbox.Timedout': 1 }, 67],
    ['lambda-throttled', RECOVERS, { 'Lambda.TooManyRequestsException': 12 }, 124],
    ['lambda-unwell', RECOVERS, { 'Lambda.ServiceException': 12 }, 124],
  ];

  it.each(rows)('with %s ends %j, after %j', async (fault, outcomes, errors, seconds) => {
    const run = await runWith(fault);
    const { result } = run;
    expect(result.logGroups.map(({ status, error }) => (error === null ? status : `${status} (${error})`))).toEqual(
      outcomes,
    );
    expect(run.errors).toEqual(errors);
    expect(result.seconds).toBe(seconds);
    const archived = outcomes.filter((outcome) => outcome === 'ARCHIVED').length;
    expect(result).toMatchObject({
      execution: archived === 2 ? 'SUCCEEDED' : 'FAILED',
      eventsPutIn: 2,
      eventsInArchive: archived,
    });
  });

  it('shows every fault that has a name', () => {
    expect(rows.map(([fault]) => fault)).toEqual(Object.keys(NAMED_FAULTS));
  });

  it('has a row in the operations page for every fault', () => {
    const page = readFileSync(join(__dirname, '../../../docs/operations.md'), 'utf8');
    const [, table = ''] = page.split('| you see | `--fault` | it means | do |');
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    const documented = rows.flatMap((row) =>
      [...(row.split(' | ')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(documented.sort()).toEqual(Object.keys(NAMED_FAULTS).sort());
  });

  it('lets one fault strike after the other, and one that is named twice once', async () => {
    const { result, errors } = await runWith('slot-taken', 'lost-answer', 'slot-taken', 'task-fails');
    expect(result.logGroups.map(({ status }) => status)).toEqual(['FAILED', 'ARCHIVED']);
    expect(errors).toEqual({ ExportSlotBusy: 125, TimeoutError: 1, FAILED: 1 });
  });

  it('says how to archive what is missing, and how long it took', async () => {
    const { result } = await runWith('task-fails');
    const { bucket } = result;
    expect(formatResult(result).split('\n').slice(6)).toEqual([
      'The run took 54 s of virtual time.',
      'events of 2026-10 (Asia/Tokyo) put in: 2',
      'events found in the archive:           1',
      'THE COUNTS DIFFER.',
      `The run FAILED. ${result.cause}`,
      'On AWS, what is missing is archived by the same period once more:',
      `  aws stepfunctions start-execution --state-machine-arn ${result.stateMachineArn} --input '{"period":"2026-10"}'`,
      `The archive is in ${bucket}`,
    ]);
    expect(result.stateMachineArn).toMatch(
      /^arn:aws:states:ap-northeast-1:123456789012:stateMachine:LogArchiverDemo-LogArchiverWorkflowStateMachine[0-9A-F]{8}$/,
    );
    expect(result.cause).toMatch(/^ArchiveIncomplete: 1 of 2 log groups FAILED: \[{"logGroupName":"\/file\/one",/);
  });

  it('does not say that nothing was left behind where the counts agree and a log group FAILED', async () => {
    const { result } = await runWith('task-fails');
    const lines = formatResult({ ...result, eventsPutIn: 1 }).split('\n');
    expect(lines).not.toContain('Nothing was left behind.');
    expect(lines).not.toContain('THE COUNTS DIFFER.');
  });
});
