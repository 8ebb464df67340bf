import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FaultName, NAMED_FAULTS } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { formatResult, isComplete } from '../src/print-result';
import { type DemoResult, runDemo } from '../src/run-demo';

// The first event is when a log group is created.
const logEvents = [{ timestamp: Date.parse('2026-09-30T15:00:00Z'), message: 'x' }];
const logFiles = ['/file/one', '/file/two'].map((logGroupName) => ({ logGroupName, events: logEvents }));

function runWith(...fault: FaultName[]): Promise<DemoResult> {
  const options = {
    timeZone: 'Asia/Tokyo',
    granularity: Granularity.MONTHLY,
    period: '2026-10',
    json: false,
    logFiles,
    fault,
  };
  return runDemo(options, 0, { reached() {}, ended() {} });
}

const ARCHIVED = ['ARCHIVED', 'ARCHIVED'];
const NOTHING_TO_DO = { AlreadyArchived: 2 };
const ONE_LEFT = { ARCHIVED: 1, AlreadyArchived: 1 };
type Row = [
  fault: FaultName,
  outcomes: string[],
  errors: Record<string, number>,
  seconds: number,
  secondRun?: Record<string, number>,
];

describe('the demo', () => {
  const rows: Row[] = [
    // Of the two pages, planning makes 14 calls, which it repeats by itself a second later each time.
    ['throttled', ARCHIVED, { ThrottlingException: 24, SlowDown: 16 }, 432],
    ['unavailable', ARCHIVED, { ServiceUnavailableException: 24, InternalError: 16 }, 432],
    [
      'outage',
      ['FAILED (ServiceUnavailableException)', 'ARCHIVED'],
      { ServiceUnavailableException: 361 },
      3_627,
      ONE_LEFT,
    ],
    ['proxy-page', ARCHIVED, { SyntaxError: 24, Unknown: 16 }, 432],
    ['cut-socket', ARCHIVED, { TimeoutError: 40 }, 432],
    ['unresolved-name', ARCHIVED, { Error: 15 }, 654],
    ['lost-answer', ARCHIVED, { TimeoutError: 1 }, 53],
    ['task-fails', ARCHIVED, { FAILED: 1 }, 81],
    ['task-cancelled', ['FAILED (CANCELLED)', 'ARCHIVED'], { PENDING_CANCEL: 1, CANCELLED: 1 }, 36, ONE_LEFT],
    // A day until it is given up, and 31 exports of a day each.
    ['task-given-up', ARCHIVED, { ExportTaskGivenUp: 1 }, 87_327],
    ['task-hidden', ARCHIVED, { ExportTaskNotFound: 24 }, 120],
    ['slot-taken', ARCHIVED, { ExportSlotBusy: 125 }, 7_295],
    [
      'slot-blocked',
      ['FAILED (ExportSlotUnavailable)', 'FAILED (ExportSlotUnavailable)'],
      { ExportSlotBusy: 2_885, ExportSlotUnavailable: 22 },
      173_441,
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
    ['function-dies', ARCHIVED, { 'Lambda.Unknown': 1 }, 64],
    ['function-dies-late', ARCHIVED, { 'Lambda.Unknown': 1 }, 53],
    ['function-times-out', ARCHIVED, { 'Sandbox.Timedout': 1 }, 94],
    ['function-times-out-late', ARCHIVED, { 'Sandbox.Timedout': 1 }, 67],
    ['lambda-throttled', ARCHIVED, { 'Lambda.TooManyRequestsException': 20 }, 204],
    ['lambda-unwell', ARCHIVED, { 'Lambda.ServiceException': 20 }, 204],
  ];

  it.each(rows)(
    'with %s ends %j, after %j in %p s',
    async (fault, outcomes, errors, seconds, again = NOTHING_TO_DO) => {
      const { run, logGroups, eventsPutIn, eventsInArchive, secondRun } = await runWith(fault);
      expect(logGroups.map(({ status, error }) => (error === null ? status : `${status} (${error})`))).toEqual(
        outcomes,
      );
      expect(run.errors).toEqual(errors);
      expect(run.seconds).toBe(seconds);
      const archived = outcomes.filter((outcome) => outcome === 'ARCHIVED').length;
      expect(run.execution).toBe(archived === 2 ? 'SUCCEEDED' : 'FAILED');
      expect([eventsPutIn, eventsInArchive]).toEqual([2, archived]);
      expect(secondRun.outcomes).toEqual(again);
      expect(secondRun.eventsInArchive).toBe(archived + (again.ARCHIVED ?? 0));
    },
  );

  it.each([
    ['task-fails', 3, [1, 1], 'its export task ended with FAILED'],
    ['task-given-up', 33, [31, 1], 'its export task ended with ExportTaskGivenUp'],
  ] as const)(
    'with %s needs %p exports, names the leftover, and does not count it',
    async (fault, exports, tasks, why) => {
      const { run, logGroups, leftovers, secondRun } = await runWith(fault);
      expect([run.exports, secondRun.exports]).toEqual([exports, 0]);
      expect(logGroups).toMatchObject([
        { logGroupName: '/file/one', tasks: tasks[0], agrees: true, events: 1, objects: 1 },
        { logGroupName: '/file/two', tasks: tasks[1], agrees: true, events: 1, objects: 1 },
      ]);
      expect(leftovers).toMatchObject([{ logGroupName: '/file/one', period: '2026-10', why }]);
    },
  );

  it('shows every fault that has a name', () => {
    expect(rows.map(([fault]) => fault)).toEqual(Object.keys(NAMED_FAULTS));
  });

  it('has a row in the operations page for every fault', () => {
    const page = readFileSync(join(__dirname, '../../../docs/operations.md'), 'utf8');
    const [, table = ''] = page.split('| you see | `--fault` | it means | do |');
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    const documented = rows.flatMap((row) =>
      [...(row.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(documented.sort()).toEqual(Object.keys(NAMED_FAULTS).sort());
  });

  it('lets one fault strike after the other, and one that is named twice once', async () => {
    const { run, logGroups } = await runWith('slot-taken', 'lost-answer', 'slot-taken', 'task-fails');
    expect(logGroups.map(({ status }) => status)).toEqual(ARCHIVED);
    expect(run.errors).toEqual({ ExportSlotBusy: 125, TimeoutError: 1, FAILED: 1 });
  });

  it('says what failed, what the second run makes good, and how to do that on AWS', async () => {
    const result = await runWith('task-cancelled');
    const { bucket } = result;
    expect(formatResult(result).split('\n').slice(4)).toEqual([
      '│ 2026-10 │ /file/one │ FAILED (CANCELLED) │      0 │       0 │     0 │',
      '│ 2026-10 │ /file/two │ ARCHIVED           │      1 │       1 │    47 │',
      '└─────────┴───────────┴────────────────────┴────────┴─────────┴───────┘',
      'The run FAILED: 2 exports, 30 state transitions, 36 s of virtual time.',
      'ArchiveIncomplete: 1 of 2 log groups and periods FAILED.',
      'It met 1 × PENDING_CANCEL, 1 × CANCELLED.',
      'Left over, in no receipt: 2026-10 /file/one, its export task ended with CANCELLED.',
      '1 receipt below _log-archiver/receipts/, and the objects are as they say.',
      'events of 2026-10 (Asia/Tokyo) put in: 2',
      'events found by the receipts:          1',
      'THE COUNTS DIFFER.',
      'The same once more, for what is left, SUCCEEDED: 1 × ARCHIVED, 1 × AlreadyArchived; 1 export, 23 state transitions, 27 s of virtual time.',
      'Events found then: 2 of 2.',
      'On AWS the schedule tries again every day. To hurry:',
      `  aws stepfunctions start-execution --state-machine-arn ${result.stateMachineArn} --input '{"period":"2026-10"}'`,
      `The archive is in ${bucket}`,
    ]);
    expect(result.stateMachineArn).toMatch(
      /^arn:aws:states:ap-northeast-1:123456789012:stateMachine:LogArchiverDemo-LogArchiverWorkflowStateMachine[0-9A-F]{8}$/,
    );
    expect(result.run.cause).toMatch(
      /^ArchiveIncomplete: 1 of 2 log groups and periods FAILED: \[{"logGroupName":"\/file\/one",/,
    );
    expect(isComplete(result)).toBe(false);
  });

  it('says that a month came in parts, and the exit code is 0', async () => {
    const result = await runWith('task-given-up');
    expect(formatResult(result)).toContain('│ 2026-10 │ /file/one │ ARCHIVED in 31 parts │      1 │');
    expect(isComplete(result)).toBe(true);
  });

  it('does not say that nothing was left behind where the counts agree and a log group FAILED', async () => {
    const result = await runWith('task-cancelled');
    const lines = formatResult({ ...result, eventsPutIn: 1 }).split('\n');
    expect(lines).not.toContain('Nothing was left behind.');
    expect(lines).not.toContain('THE COUNTS DIFFER.');
  });
});
