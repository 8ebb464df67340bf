import fc from 'fast-check';
import type { ArchiveReceipt, PartRecord, ReceiptTask } from '../../src/contract';
import { parsePartRecord, parseReceipt, type ReceiptIdentity } from '../../src/receipts/parse-receipt';

const [FROM, TO] = ['2026-09-30T15:00:00.000Z', '2026-10-31T14:59:59.999Z'];
const PERIOD = { name: '2026-10', from: Date.parse(FROM), to: Date.parse(TO) };

const TASK: ReceiptTask = {
  ...{ taskId: 'task-1', from: FROM, to: TO, objects: 2, bytes: 30 },
  ...{ digest: 'd1'.repeat(32), firstObject: 'a/000000.gz', lastObject: 'b/000000.gz' },
};

const IDENTITY: ReceiptIdentity = {
  ...{ account: '123456789012', region: 'ap-northeast-1', timeZone: 'Asia/Tokyo', s3BucketName: 'archive' },
  ...{ logGroupName: '/app/web', destinationPrefix: '2026/10/app/web', period: PERIOD, forced: false },
};

const RECEIPT: ArchiveReceipt = {
  format: 3,
  archiver: 'cdk-log-archiver 1.2.3',
  ...{ account: '123456789012', region: 'ap-northeast-1', timeZone: 'Asia/Tokyo', s3BucketName: 'archive' },
  ...{ logGroupName: '/app/web', destinationPrefix: '2026/10/app/web', period: '2026-10', from: FROM, to: TO },
  tasks: [TASK],
  startedAt: '2026-11-02T03:00:05.000Z',
  finishedAt: '2026-11-02T03:00:30.000Z',
  completeAsOf: '2026-11-01T15:00:05.000Z',
  logGroup: {
    ...{ logGroupClass: 'STANDARD', createdAt: 0, retentionInDays: null, removedBefore: null },
    ...{ deletionProtectionEnabled: false, dataProtectionStatus: null },
  },
  losses: [],
  evidence: 'OBJECTS',
  previous: { key: 'receipts/2026-09', sha256: 'a5'.repeat(32) },
  execution: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly',
  forced: false,
};

const parse = (changes: object) => parseReceipt(JSON.stringify({ ...RECEIPT, ...changes }), IDENTITY);
const invalid = (message: string) => expect.objectContaining({ name: 'ReceiptInvalid', message });
const day = (number: number, time = '15:00:00.000Z') => `2026-10-${String(number).padStart(2, '0')}T${time}`;
const loss = (from: string, to: string) => ({ cause: 'RetentionExpired', from, to });

it.each<[string, object]>([
  ['a genuine receipt', {}],
  ['no receipt before it', { previous: null }],
  [
    'a task without objects',
    { tasks: [{ ...TASK, objects: 0, bytes: 0, digest: '', firstObject: null, lastObject: null }] },
  ],
  ['a task that starts before the period', { tasks: [{ ...TASK, from: '2026-09-20T00:00:00.000Z' }] }],
  [
    'a start that retention removed',
    { tasks: [{ ...TASK, from: day(4) }], losses: [loss(FROM, day(4, '14:59:59.999Z'))] },
  ],
  [
    'a start after the period began, of a log group that was created later',
    { tasks: [{ ...TASK, from: day(4) }], logGroup: { ...RECEIPT.logGroup, createdAt: Date.parse(day(4)) } },
  ],
  [
    'parts that follow each other',
    {
      tasks: [
        { ...TASK, to: day(9, '14:59:59.999Z') },
        { ...TASK, from: day(9) },
      ],
    },
  ],
])('accepts %s', (_, changes) => {
  expect(parse(changes)).toEqual({ ...RECEIPT, ...changes });
});

it.each<[string, object, string]>([
  ['of an earlier format', { format: 2 }, 'format must be 3, got 2'],
  ['of another account', { account: '1' }, 'account must be "123456789012", got "1"'],
  ['of another Region', { region: 'x' }, 'region must be "ap-northeast-1", got "x"'],
  ['of another time zone', { timeZone: 'UTC' }, 'timeZone must be "Asia/Tokyo", got "UTC"'],
  ['of another bucket', { s3BucketName: 'mine' }, 's3BucketName must be "archive", got "mine"'],
  ['of another log group', { logGroupName: '/app/api' }, 'logGroupName must be "/app/web", got "/app/api"'],
  ['of another prefix', { destinationPrefix: 'x' }, 'destinationPrefix must be "2026/10/app/web", got "x"'],
  ['of another period', { period: '2026-09' }, 'period must be "2026-10", got "2026-09"'],
  ['with another start', { from: day(1) }, `from must be "${FROM}", got "${day(1)}"`],
  ['with another end', { to: day(1) }, `to must be "${TO}", got "${day(1)}"`],
  ['of a forced run', { forced: true }, 'forced must be false, got true'],
  ['without tasks', { tasks: [] }, `tasks must cover ${FROM} to ${TO}, except for losses`],
  ['with tasks that are none', { tasks: [null] }, 'tasks[0].taskId must be a non-empty string, got undefined'],
  ['with tasks that are no array', { tasks: { length: 1 } }, 'tasks must be an array, got {"length":1}'],
  [
    'whose task has no digest',
    { tasks: [{ ...TASK, digest: 'short' }] },
    'tasks[0].digest must be a SHA-256 in hexadecimal, or empty, got "short"',
  ],
  [
    'whose task starts late',
    { tasks: [{ ...TASK, from: day(4) }] },
    `tasks must cover ${FROM} to ${TO}, except for losses`,
  ],
  [
    'whose task ends early, although the rest is called a loss',
    { tasks: [{ ...TASK, to: day(4, '14:59:59.999Z') }], losses: [loss(day(4), TO)] },
    'tasks must follow each other without a gap up to the end of the period',
  ],
  [
    'whose tasks have a gap, although it is called a loss',
    {
      tasks: [
        { ...TASK, to: day(4) },
        { ...TASK, from: day(5) },
      ],
      losses: [loss(FROM, TO)],
    },
    'tasks must follow each other without a gap up to the end of the period',
  ],
  [
    'whose export began before the end',
    { startedAt: day(9) },
    `startedAt must not be earlier than to (${TO}), got "${day(9)}"`,
  ],
  [
    'with an invalid loss',
    { losses: [{ cause: 'x', from: FROM, to: TO }] },
    expect.stringContaining('losses[0].cause must be'),
  ],
  ['with an invalid log group', { logGroup: {} }, 'logGroup.logGroupClass must be a non-empty string, got undefined'],
  [
    'with an invalid reference',
    { previous: { key: 'x' } },
    'previous.sha256 must be a SHA-256 in hexadecimal, got undefined',
  ],
  ['with other evidence', { evidence: 'NOT_ASKED' }, 'evidence must be "OBJECTS" or "NO_EVENTS", got "NOT_ASKED"'],
] as [string, object, string][])('rejects a receipt %s', (_, changes, message) => {
  expect(() => parse(changes)).toThrow(invalid(message));
});

it.each([
  ['', 'receipt must be JSON, got 0 characters of something else'],
  ['{"format":', 'receipt must be JSON, got 10 characters of something else'],
  ['null', 'format must be 3, got undefined'],
  ['3', 'format must be 3, got undefined'],
  ['[]', 'format must be 3, got undefined'],
  ['"receipt"', 'format must be 3, got undefined'],
])('rejects the text %j', (text, message) => {
  expect(() => parseReceipt(text, IDENTITY)).toThrow(invalid(message));
});

it('rejects a string of more than 2 MiB, before it is parsed', () => {
  expect(() => parseReceipt(' '.repeat(2_097_153), IDENTITY)).toThrow(
    invalid('receipt must be at most 2097152 bytes long, got 2097153'),
  );
});

it('throws nothing but ReceiptInvalid for any value in place of any field', () => {
  const field = fc.constantFrom(...Object.keys(RECEIPT));
  fc.assert(
    fc.property(field, fc.jsonValue(), (name, value) => {
      try {
        parse({ [name]: value });
      } catch (error) {
        expect(error).toEqual(invalid(expect.any(String)));
      }
    }),
    { numRuns: 500 },
  );
});

describe('parsePartRecord', () => {
  const PART: PartRecord = {
    ...TASK,
    createdAt: '2026-11-02T03:00:05.000Z',
    evidence: 'OBJECTS',
    losses: [],
    execution: RECEIPT.execution,
  };
  const parsePart = (changes: object) => parsePartRecord(JSON.stringify({ ...PART, ...changes }), PERIOD);

  it('accepts a genuine record', () => {
    expect(parsePart({})).toEqual(PART);
  });

  it.each<[string, object, string]>([
    ['of another range', { from: day(1) }, `from must be "${FROM}", got "${day(1)}"`],
    ['without a task', { taskId: '' }, 'taskId must be a non-empty string, got ""'],
    ['with an invalid loss', { losses: [{}] }, expect.stringContaining('losses[0].cause must be')],
  ] as [string, object, string][])('rejects a record %s', (_, changes, message) => {
    expect(() => parsePart(changes)).toThrow(invalid(message));
  });
});
