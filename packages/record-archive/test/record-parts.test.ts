import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { readJson } from '@log-archiver/aws-clients/testing';
import {
  type ArchiveOutcome,
  type ArchiveReceipt,
  createLoss,
  DAY_MS,
  HOUR_MS,
  type Loss,
  splitIntoParts,
} from '@log-archiver/core';
import { cutSocket, type LocalAws, lostAnswer } from '@log-archiver/local-aws';
import {
  createClients,
  FROM,
  listOperations,
  OCTOBER_REQUEST,
  octoberRequest,
  PARTS,
  putEvents,
  RECEIPT_KEY,
  recordListed,
  startOctoberAws,
  TO,
} from './october-request';

let aws: LocalAws;
let clients: Omit<Clients, 'stepFunctions'>;
beforeEach(() => {
  aws = startOctoberAws();
  clients = createClients(aws);
});

interface Part {
  from: number;
  to: number;
  part: 'DAY' | 'HOUR';
}

/** The days of October. */
const DAYS = splitIntoParts({ from: FROM, to: TO }, 'Asia/Tokyo', 'DAY').map(
  (range): Part => ({ ...range, part: 'DAY' }),
);
const day = (number: number) => DAYS[number - 1] as Part;
const listHours = (number: number) =>
  splitIntoParts(day(number), 'Asia/Tokyo', 'HOUR').map((range): Part => ({ ...range, part: 'HOUR' }));

type Overrides = Parameters<typeof octoberRequest>[0];

/** Records a part whose task wrote one object of 4 bytes, or no object. */
function record(part: Part, taskId: string, overrides: Overrides = {}, objects = 1): Promise<ArchiveOutcome> {
  if (objects === 1) {
    aws.buckets.putObject('archive', `logs/2026/10/web/${taskId}/stream/000000.gz`, 'four');
  }
  return recordListed(aws, octoberRequest({ ...part, ...overrides }, { taskId }), clients);
}

async function recordAll(parts: Part[], overrides: Overrides = {}) {
  for (const part of parts) {
    await record(part, nameTask(part), overrides);
  }
}

/** Fields of a part record about the object that `record` puts. */
const CONTENT = {
  digest: '2be158cb2f292cb00b1a7648e41aa3c70d748832d2ff1f182afa0063493f1cad',
  firstObject: 'stream/000000.gz',
  lastObject: 'stream/000000.gz',
};

const nameTask = ({ from, part }: Part) => `${part}-${(from - FROM) / HOUR_MS}`;
const hasReceipt = () => aws.buckets.listObjects('archive', RECEIPT_KEY).length === 1;
const receipt = () => readJson(aws, RECEIPT_KEY) as ArchiveReceipt;
const tasks = () => receipt().tasks.map(({ taskId }) => taskId);

it('writes only the part record while other parts are missing', async () => {
  expect(await record(day(1), 'task-1')).toMatchObject({ status: 'ARCHIVED', leftover: null });

  expect(aws.buckets.listObjects('archive', 'logs/_log-archiver/')).toEqual([
    `${PARTS}1790780400000-1790866799999.json`,
  ]);
  expect(readJson(aws, `${PARTS}1790780400000-1790866799999.json`)).toEqual({
    taskId: 'task-1',
    from: '2026-09-30T15:00:00.000Z',
    to: '2026-10-01T14:59:59.999Z',
    objects: 1,
    bytes: 4,
    ...CONTENT,
    createdAt: '2026-11-02T03:00:05.000Z',
    evidence: 'OBJECTS',
    losses: [],
    execution: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly',
  });
});

it('writes the receipt with the last part, with all tasks in order', async () => {
  const [first, ...rest] = DAYS as [Part];
  await recordAll(rest);
  expect(hasReceipt()).toBe(false);

  expect(await record(first, 'the-last')).toMatchObject({ status: 'ARCHIVED', leftover: null });
  expect(receipt()).toMatchObject({ period: '2026-10', from: '2026-09-30T15:00:00.000Z', evidence: 'OBJECTS' });
  expect(tasks()).toEqual(['the-last', ...rest.map(nameTask)]);
  expect(receipt().tasks[1]).toEqual({
    taskId: 'DAY-24',
    from: '2026-10-01T15:00:00.000Z',
    to: '2026-10-02T14:59:59.999Z',
    objects: 1,
    bytes: 4,
    ...CONTENT,
  });
});

it('combines days and hours into one receipt', async () => {
  await recordAll(DAYS.filter((_, index) => index !== 9));
  expect(hasReceipt()).toBe(false);
  await recordAll(listHours(10).slice(1));
  expect(hasReceipt()).toBe(false);

  await recordAll(listHours(10).slice(0, 1));
  expect(tasks()).toEqual([...DAYS.slice(0, 9), ...listHours(10), ...DAYS.slice(10)].map(nameTask));
});

it('reports hours of a recorded day as orphaned, so that no event is archived twice', async () => {
  await recordAll([...listHours(10), ...DAYS.slice(0, 30)]);
  expect(await record(day(31), nameTask(day(31)))).toMatchObject({ leftover: null });
  expect(tasks()).toEqual(DAYS.map(nameTask));

  expect(await record(listHours(9)[0] as Part, 'late')).toMatchObject({
    status: 'ARCHIVED',
    leftover: 'another run wrote the receipt first: DAY-0 and 30 more',
  });
});

it('writes one receipt when the last two parts are recorded at once', async () => {
  await recordAll(DAYS.slice(0, 29));

  const recorded = await Promise.all([record(day(30), 'one'), record(day(31), 'other')]);

  expect(recorded).toMatchObject([
    { status: 'ARCHIVED', leftover: null },
    { status: 'ARCHIVED', leftover: null },
  ]);
  expect(tasks()).toEqual([...DAYS.slice(0, 29).map(nameTask), 'one', 'other']);
});

it('records a part once after a lost response', async () => {
  aws.faults.injectNext('PutObject', lostAnswer);
  await expect(record(day(1), 'task-1')).rejects.toThrow('socket hang up');

  expect(await record(day(1), 'task-1')).toMatchObject({ status: 'ARCHIVED', leftover: null });
  expect(listOperations(aws).filter((operation) => operation === 'PutObject')).toHaveLength(2);
});

it('keeps the first of two records of a part, and reports the second task as orphaned', async () => {
  await record(day(1), 'first');
  expect(await record(day(1), 'second')).toMatchObject({
    status: 'ARCHIVED',
    leftover: 'another run recorded this part first: first',
  });

  await recordAll(DAYS.slice(1));
  expect(tasks()).toEqual(['first', ...DAYS.slice(1).map(nameTask)]);
});

it('writes the missing receipt when the last part is recorded again', async () => {
  await recordAll(DAYS.slice(0, 30));
  aws.faults.injectNext('PutObject', (makeCall) => makeCall(), cutSocket);
  await expect(record(day(31), 'last')).rejects.toThrow('socket hang up');
  expect(hasReceipt()).toBe(false);

  expect(await record(day(31), 'last')).toMatchObject({ status: 'ARCHIVED', leftover: null });
  expect(tasks()).toEqual([...DAYS.slice(0, 30).map(nameTask), 'last']);
});

it('reports a part as orphaned when another run has archived the whole period', async () => {
  await recordAll(DAYS.slice(0, 30));
  aws.buckets.putObject('archive', 'logs/2026/10/web/whole/stream/000000.gz', 'four');
  await recordListed(aws, octoberRequest({}, { taskId: 'whole' }), clients);

  expect(await record(day(31), 'last')).toMatchObject({ leftover: 'another run wrote the receipt first: whole' });
});

it('ignores the parts of other runs in a forced run', async () => {
  await recordAll(DAYS.slice(0, 30));
  const force = { force: true };
  await record(day(31), 'forced-31', force);
  expect(aws.buckets.listObjects('archive', 'logs/_log-archiver/receipts/')).toEqual([]);
  expect(aws.buckets.listObjects('archive', PARTS).at(-1)).toBe(
    `${PARTS}${day(31).from}-${day(31).to}.2026-11-02T03.00.01.000Z.json`,
  );

  for (const [index, part] of DAYS.slice(0, 30).entries()) {
    await record(part, `forced-${index + 1}`, force);
  }
  expect(hasReceipt()).toBe(false);
  const [key = ''] = aws.buckets.listObjects('archive', 'logs/_log-archiver/receipts/');
  expect(key).toBe(RECEIPT_KEY.replace('.json', '.2026-11-02T03.00.01.000Z.json'));
  expect((readJson(aws, key) as ArchiveReceipt).tasks.map(({ taskId }) => taskId)).toEqual(
    DAYS.map((_, index) => `forced-${index + 1}`),
  );
  await record(day(31), nameTask(day(31)));
  expect(tasks()).toEqual(DAYS.map(nameTask));
});

describe('with losses', () => {
  const CREATED = OCTOBER_REQUEST.task.createdAt;
  /** The middle of the third day. */
  const RETAINED = CREATED - 30 * DAY_MS;
  const keeping = { logGroup: { ...OCTOBER_REQUEST.item.logGroup, retentionInDays: 30 } };
  /** The loss up to an instant. */
  const lostUntil = (instant: number): Loss[] => [createLoss('RetentionExpired', { from: FROM, to: instant - 1 })];
  const cut = { ...day(3), from: RETAINED + HOUR_MS };

  it('writes the receipt from a cut first part on, whichever part is recorded last', async () => {
    await recordAll([cut], keeping);
    await recordAll(DAYS.slice(3, 30), keeping);
    expect(hasReceipt()).toBe(false);

    // This part was planned before the first one was cut.
    await recordAll([day(31)], keeping);
    expect(receipt()).toMatchObject({ from: '2026-09-30T15:00:00.000Z', losses: lostUntil(cut.from) });
    expect(tasks()).toEqual([cut, ...DAYS.slice(3)].map(nameTask));
  });

  it('writes no receipt when the first part starts a millisecond after the cut', async () => {
    await recordAll([{ ...cut, from: cut.from + 1 }, ...DAYS.slice(3)], keeping);
    expect(hasReceipt()).toBe(false);
  });

  it('reads only the first record when a retained part before it is missing', async () => {
    await recordAll(DAYS.slice(3), keeping);
    expect(hasReceipt()).toBe(false);
    expect(listOperations(aws).filter((operation) => operation === 'GetObject')).toHaveLength(1);

    await recordAll([day(3)], keeping);
    expect(tasks()).toEqual(DAYS.slice(2).map(nameTask));
    expect(receipt().losses).toEqual(lostUntil(aws.clock.now() - 30 * DAY_MS));
  });

  it('writes the receipt without a part that was missing earlier and gone before this run', async () => {
    const earlier = { createdAt: CREATED - DAY_MS, completedAt: CREATED - DAY_MS + HOUR_MS };
    const execution = { ...OCTOBER_REQUEST.execution, startedAt: new Date(CREATED - DAY_MS).toISOString() };
    for (const part of DAYS.slice(2)) {
      const request = octoberRequest({ ...part, ...keeping }, { ...earlier, taskId: nameTask(part) });
      aws.buckets.putObject('archive', `logs/2026/10/web/${nameTask(part)}/stream/000000.gz`, 'four');
      await recordListed(aws, { ...request, execution }, clients);
    }
    expect(hasReceipt()).toBe(false);

    // Every remaining part has a record, so this run exports the last part again.
    expect(await record(day(31), nameTask(day(31)), keeping)).toMatchObject({ leftover: null });
    expect(tasks()).toEqual(DAYS.slice(2).map(nameTask));
    expect(receipt().losses).toEqual(lostUntil(aws.clock.now() - 30 * DAY_MS));
  });

  it('records no loss when the parts of the lost days were exported in time', async () => {
    await recordAll(DAYS.slice(0, 5));
    await recordAll(DAYS.slice(5), keeping);

    expect(receipt().losses).toEqual([]);
    expect(tasks()).toEqual(DAYS.map(nameTask));
  });
});

it('accepts a first part that starts before the period, for events older than their log group', async () => {
  const first = { ...day(1), from: FROM - 14 * DAY_MS };
  await recordAll([first, ...DAYS.slice(1)]);

  expect(receipt()).toMatchObject({ from: '2026-09-30T15:00:00.000Z', losses: [] });
  expect(tasks()).toEqual([first, ...DAYS.slice(1)].map(nameTask));
});

describe('with parts without objects', () => {
  it('searches the range of each part, and writes a receipt with NO_EVENTS', async () => {
    for (const part of DAYS) {
      await record(part, nameTask(part), {}, 0);
    }

    expect(receipt()).toMatchObject({ evidence: 'NO_EVENTS', tasks: DAYS.map(() => ({ objects: 0, bytes: 0 })) });
    expect(aws.requestHandler.calls[3]).toMatchObject({
      operation: 'FilterLogEvents',
      input: { startTime: day(1).from, endTime: day(1).to + 1 },
    });
  });

  it('throws ArchiveEmpty only for the part that has an event', async () => {
    putEvents(aws, day(21).from);

    expect(await record(day(20), 'task-20', {}, 0)).toMatchObject({ status: 'ARCHIVED' });
    await expect(record(day(21), 'task-21', {}, 0)).rejects.toMatchObject({ name: 'ArchiveEmpty' });
    expect(await record(day(22), 'task-22', {}, 0)).toMatchObject({ status: 'ARCHIVED' });
  });
});

it('lists the keys of the other parts, and reads no record while one is missing', async () => {
  await recordAll(DAYS.slice(0, 3));

  expect(listOperations(aws)).toEqual(
    [1, 2, 3].flatMap(() => ['DescribeLogGroups', 'ListObjectsV2', 'DescribeLogStreams', 'PutObject', 'ListObjectsV2']),
  );
});

it.each(['', '{}'])('throws ReceiptInvalid if the object %j is at the key of a part record', async (text) => {
  aws.buckets.putObject('archive', `${PARTS}1790780400000-1790866799999.json`, text);

  await expect(record(day(1), 'task-1')).rejects.toMatchObject({ name: 'ReceiptInvalid' });
});
