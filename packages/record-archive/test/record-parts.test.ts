import { type ArchiveReceipt, type RecordedArchive, splitIntoParts } from '@log-archiver/core';
import { cutSocket, type LocalAws, lostAnswer } from '@log-archiver/local-aws';
import { type Clients, recordArchive } from '../src/record-archive';
import { DAY, FROM, HOUR, OCTOBER_REQUEST, octoberRequest, PARTS, RECEIPT_KEY, TO } from './october-request';
import { clientsOf, operations, putEvents, readObject, startLocalAws } from './start-local-aws';

let aws: LocalAws;
let clients: Clients;
beforeEach(() => {
  aws = startLocalAws();
  clients = clientsOf(aws);
});

interface Part {
  from: number;
  to: number;
  part: 'DAY' | 'HOUR';
}

/** Of October. */
const DAYS = splitIntoParts({ from: FROM, to: TO }, 'Asia/Tokyo', 'DAY').map(
  (range): Part => ({ ...range, part: 'DAY' }),
);
const day = (number: number) => DAYS[number - 1] as Part;
const hoursOf = (number: number) =>
  splitIntoParts(day(number), 'Asia/Tokyo', 'HOUR').map((range): Part => ({ ...range, part: 'HOUR' }));

type Overrides = Parameters<typeof octoberRequest>[0];

/** Records a part of which the task wrote one object of 4 bytes, unless it wrote none. */
function record(part: Part, taskId: string, overrides: Overrides = {}, objects = 1): Promise<RecordedArchive> {
  if (objects === 1) {
    aws.files.putObject('archive', `logs/2026/10/web/${taskId}/stream/000000.gz`, 'four');
  }
  return recordArchive(octoberRequest({ ...part, ...overrides }, { taskId }), clients, aws.clock.now);
}

async function recordAll(parts: Part[], overrides: Overrides = {}) {
  for (const part of parts) {
    await record(part, taskOf(part), overrides);
  }
}

const taskOf = ({ from, part }: Part) => `${part}-${(from - FROM) / HOUR}`;
const hasReceipt = () => aws.files.listObjects('archive', RECEIPT_KEY).length === 1;
const receipt = () => readObject(aws, RECEIPT_KEY) as ArchiveReceipt;
const tasks = () => receipt().tasks.map(({ taskId }) => taskId);

it('a part is recorded by itself, and there is no receipt while others are missing', async () => {
  expect(await record(day(1), 'task-1')).toMatchObject({ isDone: true, leftover: null });

  expect(aws.files.listObjects('archive', 'logs/_log-archiver/')).toEqual([`${PARTS}1790780400000-1790866799999.json`]);
  expect(readObject(aws, `${PARTS}1790780400000-1790866799999.json`)).toEqual({
    taskId: 'task-1',
    from: '2026-09-30T15:00:00.000Z',
    to: '2026-10-01T14:59:59.999Z',
    objects: 1,
    bytes: 4,
    createdAt: '2026-11-02T03:00:05.000Z',
    evidence: 'OBJECTS',
    daysLost: null,
    execution: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:run-1',
  });
});

it('the last part writes the receipt, with all tasks in order', async () => {
  const [first, ...rest] = DAYS as [Part];
  await recordAll(rest);
  expect(hasReceipt()).toBe(false);

  expect(await record(first, 'the-last')).toMatchObject({ isDone: true, leftover: null });
  expect(receipt()).toMatchObject({ period: '2026-10', from: '2026-09-30T15:00:00.000Z', evidence: 'OBJECTS' });
  expect(tasks()).toEqual(['the-last', ...rest.map(taskOf)]);
  expect(receipt().tasks[1]).toEqual({
    taskId: 'DAY-24',
    from: '2026-10-01T15:00:00.000Z',
    to: '2026-10-02T14:59:59.999Z',
    objects: 1,
    bytes: 4,
  });
});

it('days and hours make a whole together', async () => {
  await recordAll(DAYS.filter((_, index) => index !== 9));
  expect(hasReceipt()).toBe(false);
  await recordAll(hoursOf(10).slice(1));
  expect(hasReceipt()).toBe(false);

  await recordAll(hoursOf(10).slice(0, 1));
  expect(tasks()).toEqual([...DAYS.slice(0, 9), ...hoursOf(10), ...DAYS.slice(10)].map(taskOf));
});

it('hours of a day that is there as a whole are leftovers: no event is in the archive twice', async () => {
  await recordAll([...hoursOf(10), ...DAYS.slice(0, 30)]);
  expect(await record(day(31), taskOf(day(31)))).toMatchObject({ leftover: null });
  expect(tasks()).toEqual(DAYS.map(taskOf));

  expect(await record(hoursOf(9)[0] as Part, 'late')).toMatchObject({
    isDone: true,
    leftover: "another run's receipt was there first: DAY-0 and 30 more",
  });
});

it('two parts that are recorded at once write one receipt, with both', async () => {
  await recordAll(DAYS.slice(0, 29));

  const recorded = await Promise.all([record(day(30), 'one'), record(day(31), 'other')]);

  expect(recorded).toMatchObject([
    { isDone: true, leftover: null },
    { isDone: true, leftover: null },
  ]);
  expect(tasks()).toEqual([...DAYS.slice(0, 29).map(taskOf), 'one', 'other']);
});

it('a part whose answer was lost is recorded once', async () => {
  aws.faults.arrange('PutObject', lostAnswer);
  await expect(record(day(1), 'task-1')).rejects.toThrow('socket hang up');

  expect(await record(day(1), 'task-1')).toMatchObject({ isDone: true, leftover: null });
  expect(operations(aws).filter((operation) => operation === 'PutObject')).toHaveLength(2);
});

it('a part that another run recorded first is a leftover, and the receipt has the first', async () => {
  await record(day(1), 'first');
  expect(await record(day(1), 'second')).toMatchObject({
    isDone: true,
    leftover: "another run's record of this part was there first: first",
  });

  await recordAll(DAYS.slice(1));
  expect(tasks()).toEqual(['first', ...DAYS.slice(1).map(taskOf)]);
});

it('a part that is recorded again makes up for a receipt that its first try did not get to write', async () => {
  await recordAll(DAYS.slice(0, 30));
  aws.faults.arrange('PutObject', (makeCall) => makeCall(), cutSocket);
  await expect(record(day(31), 'last')).rejects.toThrow('socket hang up');
  expect(hasReceipt()).toBe(false);

  expect(await record(day(31), 'last')).toMatchObject({ isDone: true, leftover: null });
  expect(tasks()).toEqual([...DAYS.slice(0, 30).map(taskOf), 'last']);
});

it('parts of a whole that another run has archived meanwhile are leftovers', async () => {
  await recordAll(DAYS.slice(0, 30));
  aws.files.putObject('archive', 'logs/2026/10/web/whole/stream/000000.gz', 'four');
  await recordArchive(octoberRequest({}, { taskId: 'whole' }), clients, aws.clock.now);

  expect(await record(day(31), 'last')).toMatchObject({ leftover: "another run's receipt was there first: whole" });
});

it('by force, the parts of other runs are not taken', async () => {
  await recordAll(DAYS.slice(0, 30));
  const force = { force: true };
  await record(day(31), 'forced-31', force);
  expect(aws.files.listObjects('archive', 'logs/_log-archiver/receipts/')).toEqual([]);
  expect(aws.files.listObjects('archive', PARTS).at(-1)).toBe(
    `${PARTS}${day(31).from}-${day(31).to}.2026-11-02T03.00.01.123Z.json`,
  );

  for (const [index, part] of DAYS.slice(0, 30).entries()) {
    await record(part, `forced-${index + 1}`, force);
  }
  expect(hasReceipt()).toBe(false);
  const [key = ''] = aws.files.listObjects('archive', 'logs/_log-archiver/receipts/');
  expect(key).toBe(RECEIPT_KEY.replace('.json', '.2026-11-02T03.00.01.123Z.json'));
  expect((readObject(aws, key) as ArchiveReceipt).tasks.map(({ taskId }) => taskId)).toEqual(
    DAYS.map((_, index) => `forced-${index + 1}`),
  );
  await record(day(31), taskOf(day(31)));
  expect(tasks()).toEqual(DAYS.map(taskOf));
});

describe('a period that has lost days', () => {
  const CREATED = OCTOBER_REQUEST.task.createdAt;
  /** In the middle of the third day. */
  const RETAINED = CREATED - 30 * DAY;
  const keeping = { retentionInDays: 30 };
  const cut = { ...day(3), from: RETAINED + HOUR };

  it('is whole from what was retained on when its first part was cut, whichever is recorded last', async () => {
    await recordAll([cut], { ...keeping, daysLost: 3 });
    await recordAll(DAYS.slice(3, 30), { ...keeping, daysLost: 2 });
    expect(hasReceipt()).toBe(false);

    // It was planned before the first was cut.
    await recordAll([day(31)], { ...keeping, daysLost: 2 });
    expect(receipt()).toMatchObject({ from: '2026-09-30T15:00:00.000Z', daysLost: 3 });
    expect(tasks()).toEqual([cut, ...DAYS.slice(3)].map(taskOf));
  });

  it('is not whole when its first part begins a millisecond later than one that was cut', async () => {
    await recordAll([{ ...cut, from: cut.from + 1 }, ...DAYS.slice(3)], { ...keeping, daysLost: 3 });
    expect(hasReceipt()).toBe(false);
  });

  it('is not whole when a part of what was retained is missing, and reads the first of the others alone', async () => {
    await recordAll(DAYS.slice(3), { ...keeping, daysLost: 3 });
    expect(hasReceipt()).toBe(false);
    expect(operations(aws).filter((operation) => operation === 'GetObject')).toHaveLength(1);

    await recordAll([day(3)], { ...keeping, daysLost: 3 });
    expect(tasks()).toEqual(DAYS.slice(2).map(taskOf));
    expect(receipt().daysLost).toBe(3);
  });

  it('is whole without what was missing in an earlier run and gone before this one', async () => {
    const earlier = { createdAt: CREATED - DAY, completedAt: CREATED - DAY + HOUR };
    const execution = { ...OCTOBER_REQUEST.execution, startedAt: new Date(CREATED - DAY).toISOString() };
    for (const part of DAYS.slice(2)) {
      const request = octoberRequest({ ...part, ...keeping }, { ...earlier, taskId: taskOf(part) });
      aws.files.putObject('archive', `logs/2026/10/web/${taskOf(part)}/stream/000000.gz`, 'four');
      await recordArchive({ ...request, execution }, clients, aws.clock.now);
    }
    expect(hasReceipt()).toBe(false);

    // All that is left has a record, so this run asks for the last part again.
    expect(await record(day(31), taskOf(day(31)), keeping)).toMatchObject({ leftover: null });
    expect(tasks()).toEqual(DAYS.slice(2).map(taskOf));
    expect(receipt().daysLost).toBe(2);
  });

  it('has lost none when the parts of these days were exported in time', async () => {
    await recordAll(DAYS.slice(0, 5));
    await recordAll(DAYS.slice(5), { ...keeping, daysLost: 3 });

    expect(receipt().daysLost).toBeNull();
    expect(tasks()).toEqual(DAYS.map(taskOf));
  });
});

it('events that are older than their log group are in the first part, which begins before the period', async () => {
  const first = { ...day(1), from: FROM - 14 * DAY };
  await recordAll([first, ...DAYS.slice(1)]);

  expect(receipt()).toMatchObject({ from: '2026-09-30T15:00:00.000Z', daysLost: null });
  expect(tasks()).toEqual([first, ...DAYS.slice(1)].map(taskOf));
});

describe('parts without objects', () => {
  it('are asked about each for itself, and the receipt says that there are no events', async () => {
    for (const part of DAYS) {
      await record(part, taskOf(part), {}, 0);
    }

    expect(receipt()).toMatchObject({ evidence: 'NO_EVENTS', tasks: DAYS.map(() => ({ objects: 0, bytes: 0 })) });
    expect(aws.requestHandler.calls[1]).toMatchObject({
      operation: 'FilterLogEvents',
      input: { startTime: day(1).from, endTime: day(1).to + 1 },
    });
  });

  it('are ArchiveEmpty where there is an event in them, and only there', async () => {
    putEvents(aws, day(21).from);

    expect(await record(day(20), 'task-20', {}, 0)).toMatchObject({ isDone: true });
    await expect(record(day(21), 'task-21', {}, 0)).rejects.toMatchObject({ name: 'ArchiveEmpty' });
    expect(await record(day(22), 'task-22', {}, 0)).toMatchObject({ isDone: true });
  });
});

it('a part looks at the keys of the others, and reads none while one is missing', async () => {
  await recordAll(DAYS.slice(0, 3));

  expect(operations(aws)).toEqual([1, 2, 3].flatMap(() => ['ListObjectsV2', 'PutObject', 'ListObjectsV2']));
});
