import type { RecordArchiveRequest, RecordedArchive } from '@log-archiver/core';
import { answers, type LocalAws, lostAnswer, refuses, throttled } from '@log-archiver/local-aws';
import { type Clients, recordArchive } from '../src/record-archive';
import { DAY, FOLDER, FROM, HOUR, OCTOBER_REQUEST, octoberRequest, RECEIPT_KEY } from './october-request';
import { clientsOf, operations, putEvents, readObject, startLocalAws } from './start-local-aws';

let aws: LocalAws;
let clients: Clients;
beforeEach(() => {
  aws = startLocalAws();
  clients = clientsOf(aws);
});

function run(request: RecordArchiveRequest = OCTOBER_REQUEST): Promise<RecordedArchive> {
  return recordArchive(request, clients, aws.clock.now);
}

const EMPTY = { objects: 0, bytes: 0, lastKey: null, isCounted: true, searchToken: null };

describe('a task that wrote objects', () => {
  beforeEach(() => {
    aws.files.putObject('archive', 'logs/2026/10/web/aws-logs-write-test', 'Permission Check Successful');
    aws.files.putObject('archive', `${FOLDER}stream-a/000000.gz`, 'four');
    aws.files.putObject('archive', `${FOLDER}stream-b/000000.gz`, 'eleven byte');
  });

  it('is done, and how many there were is answered', async () => {
    expect(await run()).toEqual({
      isDone: true,
      progress: { objects: 2, bytes: 15, lastKey: `${FOLDER}stream-b/000000.gz`, isCounted: true, searchToken: null },
      leftover: null,
    });
  });

  it('has a receipt, which says all that an auditor asks', async () => {
    await run();

    expect(readObject(aws, RECEIPT_KEY)).toEqual({
      format: 1,
      archiver: 'cdk-log-archiver 1.2.3',
      account: '123456789012',
      region: 'ap-northeast-1',
      logGroupName: '/app/web',
      timeZone: 'Asia/Tokyo',
      period: '2026-10',
      from: '2026-09-30T15:00:00.000Z',
      to: '2026-10-31T14:59:59.999Z',
      s3BucketName: 'archive',
      destinationPrefix: 'logs/2026/10/web',
      tasks: [
        {
          taskId: 'task-1',
          from: '2026-09-30T15:00:00.000Z',
          to: '2026-10-31T14:59:59.999Z',
          objects: 2,
          bytes: 15,
        },
      ],
      startedAt: '2026-11-02T03:00:05.000Z',
      finishedAt: '2026-11-02T03:00:30.000Z',
      completeAsOf: '2026-11-01T15:00:05.000Z',
      retentionInDays: 90,
      daysLost: null,
      evidence: 'OBJECTS',
      execution: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:run-1',
      forced: false,
    });
  });

  it('is not searched for', async () => {
    await run();

    expect(operations(aws)).toEqual(['ListObjectsV2', 'PutObject']);
  });

  it('is exactly what is exported where days were lost', async () => {
    await run(octoberRequest({ from: FROM + 1_000, daysLost: 1 }));

    expect(readObject(aws, RECEIPT_KEY)).toMatchObject({
      from: '2026-09-30T15:00:00.000Z',
      daysLost: 1,
      tasks: [{ from: '2026-09-30T15:00:01.000Z' }],
    });
  });

  it('has lost no days to retention that its task, of an earlier run, was faster than', async () => {
    // Planned on 2 December; the task was created a month before.
    await run(octoberRequest({ retentionInDays: 60, daysLost: 3 }));

    expect(readObject(aws, RECEIPT_KEY)).toMatchObject({ startedAt: '2026-11-02T03:00:05.000Z', daysLost: null });
  });

  it.each([
    ['before what it was cut to', 0, 4],
    ['that were gone when its task ended', 2 * DAY, 5],
  ])('has lost the days %s', async (_, duration, daysLost) => {
    // Half an hour before the third day is gone, it is cut to half an hour after it.
    const createdAt = FROM + 33 * DAY - HOUR / 2;
    const cut = { from: createdAt - 30 * DAY + HOUR, retentionInDays: 30, daysLost: 4 };
    await run(octoberRequest(cut, { createdAt, completedAt: createdAt + duration }));

    expect(readObject(aws, RECEIPT_KEY)).toMatchObject({ from: '2026-09-30T15:00:00.000Z', daysLost });
  });

  it('has a receipt of its own when it is archived again by force', async () => {
    await run();
    await aws.clock.moveTo('2026-11-03T00:00:00Z');
    await run(octoberRequest({ force: true }));

    expect(aws.files.listObjects('archive', RECEIPT_KEY.replace('.json', ''))).toEqual([
      RECEIPT_KEY.replace('.json', '.2026-11-02T03.00.01.123Z.json'),
      RECEIPT_KEY,
    ]);
    expect(readObject(aws, RECEIPT_KEY)).toMatchObject({ forced: false, finishedAt: '2026-11-02T03:00:30.000Z' });
    expect(readObject(aws, RECEIPT_KEY.replace('.json', '.2026-11-02T03.00.01.123Z.json'))).toMatchObject({
      forced: true,
      finishedAt: '2026-11-03T00:00:00.000Z',
    });
  });
});

describe('a task that wrote none', () => {
  const evidence = () => (readObject(aws, RECEIPT_KEY) as { evidence: string }).evidence;

  it('has a receipt that says so when the log group has no event either', async () => {
    aws.files.putObject('archive', 'logs/2026/10/web/aws-logs-write-test', 'Permission Check Successful');
    aws.files.putObject('archive', 'logs/2026/10/web/task-10/stream/000000.gz', 'of another task');

    expect(await run()).toEqual({ isDone: true, progress: EMPTY, leftover: null });
    expect(operations(aws)).toEqual(['ListObjectsV2', 'FilterLogEvents', 'PutObject']);
    expect(readObject(aws, RECEIPT_KEY)).toMatchObject({
      evidence: 'NO_EVENTS',
      tasks: [{ taskId: 'task-1', objects: 0, bytes: 0 }],
    });
  });

  it('is ArchiveEmpty, without a receipt, when the log group has an event', async () => {
    putEvents(aws, FROM + 20 * 24 * 3_600_000);

    await expect(run()).rejects.toMatchObject({
      name: 'ArchiveEmpty',
      message: 'export task task-1 wrote no object, and log group /app/web has an event of 2026-10',
    });
    expect(aws.files.listObjects('archive')).toEqual([]);
  });

  it('has a receipt that says that it could not be asked', async () => {
    aws.faults.arrange('FilterLogEvents', refuses('InvalidOperationException', 'Not for this log class.'));

    expect(await run()).toMatchObject({ isDone: true });
    expect(evidence()).toBe('NOT_ASKED');
  });

  it('has no receipt when the search is throttled, and has one when it is asked again', async () => {
    aws.faults.arrange('FilterLogEvents', throttled);
    await expect(run()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(aws.files.listObjects('archive')).toEqual([]);

    await run();
    expect(evidence()).toBe('NO_EVENTS');
  });
});

describe('what is not done in one invocation', () => {
  it('goes on with the search where it was, and does not count again', async () => {
    let now = aws.clock.now();
    const clock = () => now;
    aws.faults.arrange('FilterLogEvents', async () => {
      now += 5 * 60_000;
      return answers(200, { events: [], nextToken: 'there' })(async () => Promise.reject());
    });
    const first = await recordArchive(OCTOBER_REQUEST, clients, clock);
    expect(first).toEqual({ isDone: false, progress: { ...EMPTY, searchToken: 'there' }, leftover: null });
    expect(aws.files.listObjects('archive')).toEqual([]);

    aws.faults.arrange('FilterLogEvents', answers(200, { events: [] }));
    const second = await recordArchive({ ...OCTOBER_REQUEST, progress: first.progress }, clients, clock);
    expect(second).toEqual({ isDone: true, progress: { ...EMPTY, searchToken: 'there' }, leftover: null });
    expect(operations(aws)).toEqual(['ListObjectsV2', 'FilterLogEvents', 'FilterLogEvents', 'PutObject']);
    expect(aws.requestHandler.calls[2]?.input).toMatchObject({ nextToken: 'there' });
  });

  it('counts on, and writes the receipt of all', async () => {
    for (const stream of ['a', 'b', 'c']) {
      aws.files.putObject('archive', `${FOLDER}${stream}/000000.gz`, 'four');
    }
    const progress = { objects: 10, bytes: 100, lastKey: `${FOLDER}a/000000.gz`, isCounted: false, searchToken: null };

    expect(await run({ ...OCTOBER_REQUEST, progress })).toMatchObject({ isDone: true, progress: { objects: 12 } });
    expect(readObject(aws, RECEIPT_KEY)).toMatchObject({ tasks: [{ objects: 12, bytes: 108 }] });
  });

  it('has no receipt of what was counted before an error, and one of all when it goes on', async () => {
    for (let number = 1; number <= 1_001; number += 1) {
      aws.files.putObject('archive', `${FOLDER}${number}/000000.gz`, 'four');
    }
    aws.faults.arrange('ListObjectsV2', (makeCall) => makeCall(), throttled);
    const { isDone, progress } = await run();
    expect({ isDone, progress }).toMatchObject({ isDone: false, progress: { objects: 1_000, isCounted: false } });
    expect(operations(aws)).toEqual(['ListObjectsV2', 'ListObjectsV2']);

    expect(await run({ ...OCTOBER_REQUEST, progress })).toMatchObject({ isDone: true, progress: { objects: 1_001 } });
    expect(readObject(aws, RECEIPT_KEY)).toMatchObject({ tasks: [{ objects: 1_001, bytes: 4_004 }] });
  });

  it('is not done before all is counted, and nothing is written', async () => {
    aws.files.putObject('archive', `${FOLDER}a/000000.gz`, 'four');
    let isLate = false;
    const clock = () => {
      const now = isLate ? 300_000 : 0;
      isLate = true;
      return now;
    };

    expect(await recordArchive(OCTOBER_REQUEST, clients, clock)).toEqual({
      isDone: false,
      progress: { ...EMPTY, isCounted: false },
      leftover: null,
    });
    expect(operations(aws)).toEqual([]);
  });
});

describe('a receipt that is there already', () => {
  beforeEach(() => {
    aws.files.putObject('archive', `${FOLDER}stream/000000.gz`, 'four');
    aws.files.putObject('archive', 'logs/2026/10/web/task-2/stream/000000.gz', 'four');
  });

  it('of the same task is ours: the answer of PutObject was lost', async () => {
    aws.faults.arrange('PutObject', lostAnswer);
    await expect(run()).rejects.toThrow('socket hang up');
    const receipt = readObject(aws, RECEIPT_KEY);
    await aws.clock.moveTo('2026-11-02T03:00:40Z');

    expect(await run()).toMatchObject({ isDone: true, leftover: null });
    expect(readObject(aws, RECEIPT_KEY)).toEqual(receipt);
    expect(operations(aws)).toEqual(['ListObjectsV2', 'PutObject', 'ListObjectsV2', 'PutObject', 'GetObject']);
  });

  it('of another task stays, and this one is a leftover', async () => {
    await run();
    const receipt = readObject(aws, RECEIPT_KEY);

    expect(await run(octoberRequest({}, { taskId: 'task-2' }))).toMatchObject({
      isDone: true,
      leftover: "another run's receipt was there first: task-1",
    });
    expect(readObject(aws, RECEIPT_KEY)).toEqual(receipt);
  });

  it('is one of two runs, when two write at once', async () => {
    const recorded = await Promise.all([run(), run(octoberRequest({}, { taskId: 'task-2' }))]);

    expect(recorded.map(({ leftover }) => leftover).filter((leftover) => leftover === null)).toHaveLength(1);
    const { tasks } = readObject(aws, RECEIPT_KEY) as { tasks: { taskId: string }[] };
    expect(tasks).toHaveLength(1);
    expect(recorded.map(({ leftover }) => leftover)).toContain(
      `another run's receipt was there first: ${tasks[0]?.taskId}`,
    );
  });
});

describe('what S3 refuses', () => {
  it.each([
    ['ListObjectsV2', 'AccessDenied'],
    ['PutObject', 'AccessDenied'],
    ['PutObject', 'SlowDown'],
    ['PutObject', 'ConditionalRequestConflict'],
  ])('stays what it is when %s answers %s', async (operation, name) => {
    aws.files.putObject('archive', `${FOLDER}stream/000000.gz`, 'four');
    aws.faults.arrange(operation, refuses(name, 'No.', name === 'ConditionalRequestConflict' ? 409 : 403));

    await expect(run()).rejects.toMatchObject({ name, message: 'No.' });
    expect(aws.files.listObjects('archive', 'logs/_log-archiver/')).toEqual([]);
  });
});

it.each([
  ['undefined', undefined, 'nothing'],
  ['null', null, 'null'],
  ['empty', '', '""'],
  ['a number', 7, '7'],
])('a task whose id is %s is refused, and AWS is not called', async (_, taskId, got) => {
  await expect(run(octoberRequest({}, { taskId: taskId as string }))).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: `taskId must be the id of an export task, got ${got}`,
  });
  expect(aws.requestHandler.calls).toEqual([]);
});
