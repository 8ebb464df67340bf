import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { readJson } from '@log-archiver/aws-clients/testing';
import {
  type ArchiveOutcome,
  type ArchiveReceipt,
  DAY_MS,
  HOUR_MS,
  type Loss,
  type RecordArchiveRequest,
  sha256,
} from '@log-archiver/core';
import { answers, type LocalAws, lostAnswer, refuses, throttled } from '@log-archiver/local-aws';
import {
  continueFrom,
  createClients,
  FOLDER,
  FROM,
  INFREQUENT_ACCESS,
  listOperations,
  OCTOBER_REQUEST,
  octoberRequest,
  PAST_DELAY,
  putEvents,
  RECEIPT_KEY,
  readProgress,
  recordListed,
  START,
  startOctoberAws,
} from './october-request';

let aws: LocalAws;
let clients: Omit<Clients, 'stepFunctions'>;
beforeEach(() => {
  aws = startOctoberAws();
  clients = createClients(aws);
});

function run(request: RecordArchiveRequest = OCTOBER_REQUEST): Promise<ArchiveOutcome> {
  return recordListed(aws, request, clients);
}

const keeping = (retentionInDays: number) => ({ ...OCTOBER_REQUEST.item.logGroup, retentionInDays });

/** Digest of `stream-a/000000.gz` and `stream-b/000000.gz`. */
const DIGEST = '63fcd03ef25b99c3054a1cad9f63fbb0a407d9218dfb70df62c2d43f419c3a91';
const ARCHIVED = { status: 'ARCHIVED', leftover: null };
const EMPTY = { ...START, isCounted: true };

describe('with a task that wrote objects', () => {
  beforeEach(() => {
    aws.buckets.putObject('archive', 'logs/2026/10/web/aws-logs-write-test', 'Permission Check Successful');
    aws.buckets.putObject('archive', `${FOLDER}stream-a/000000.gz`, 'four');
    aws.buckets.putObject('archive', `${FOLDER}stream-b/000000.gz`, 'eleven byte');
  });

  it('returns the outcome', async () => {
    const { from, to } = OCTOBER_REQUEST.item;
    expect(await run()).toEqual({
      ...{ logGroupName: '/app/web', period: '2026-10', from, to },
      ...{ status: 'ARCHIVED', error: null, cause: null },
      ...{ taskId: 'task-1', destinationPrefix: 'logs/2026/10/web', leftover: null },
    });
  });

  it('writes a receipt with these fields', async () => {
    await run();

    expect(readJson(aws, RECEIPT_KEY)).toEqual({
      format: 3,
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
          digest: DIGEST,
          firstObject: 'stream-a/000000.gz',
          lastObject: 'stream-b/000000.gz',
        },
      ],
      startedAt: '2026-11-02T03:00:05.000Z',
      finishedAt: '2026-11-02T03:00:30.000Z',
      completeAsOf: '2026-11-01T15:00:05.000Z',
      logGroup: {
        logGroupClass: 'STANDARD',
        createdAt: Date.parse('2026-09-01T00:00:00.000Z'),
        retentionInDays: 90,
        removedBefore: null,
        deletionProtectionEnabled: false,
        dataProtectionStatus: null,
      },
      losses: [],
      evidence: 'OBJECTS',
      previous: null,
      execution: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly',
      forced: false,
    });
  });

  it('checks the log streams, and does not search for an event', async () => {
    await run();

    expect(listOperations(aws)).toEqual([
      'DescribeLogGroups',
      'ListObjectsV2',
      'DescribeLogStreams',
      'ListObjectsV2',
      'PutObject',
    ]);
  });

  it('throws ArchivePartial and writes no receipt when the objects of a log stream are missing', async () => {
    putEvents(aws, FROM + 20 * DAY_MS);

    await expect(run(octoberRequest({}, PAST_DELAY))).rejects.toMatchObject({
      name: 'ArchivePartial',
      message:
        'export task task-1 wrote no object for log stream stream of log group /app/web, ' +
        'although it has an event in 2026-10',
    });
    expect(aws.buckets.listObjects('archive', 'logs/_log-archiver/')).toEqual([]);
  });

  it('records the exported range when retention cut the start', async () => {
    await run(octoberRequest({ from: FROM + 1_000 }));

    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({
      from: '2026-09-30T15:00:00.000Z',
      losses: [{ cause: 'RetentionExpired', from: '2026-09-30T15:00:00.000Z', to: '2026-09-30T15:00:00.999Z' }],
      tasks: [{ from: '2026-09-30T15:00:01.000Z' }],
    });
  });

  it('records the losses that were known when the item was planned', async () => {
    const losses: Loss[] = [
      { cause: 'LogGroupRecreated', from: '2026-09-30T15:00:00.000Z', to: '2026-10-20T00:00:00.000Z' },
    ];
    await run(octoberRequest({ losses }));

    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ losses });
  });

  it('records as lost what retention has removed since the task of an earlier run, because it cannot be checked', async () => {
    // A run of 2 December adopts a task that was completed a month before.
    await aws.clock.moveTo('2026-12-02T03:00:00.000Z');
    await run(
      octoberRequest({
        logGroup: keeping(60),
        losses: [{ cause: 'RetentionExpired', from: '2026-09-30T15:00:00.000Z', to: '2026-10-03T00:00:00.000Z' }],
      }),
    );

    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({
      startedAt: '2026-11-02T03:00:05.000Z',
      losses: [{ cause: 'RetentionExpired', to: '2026-10-03T02:59:59.999Z' }],
    });
  });

  it.each([
    ['before the start of a cut export', 0, '2026-10-03T15:29:59.999Z'],
    ['that was gone when the task ended', 2 * DAY_MS, '2026-10-05T14:29:59.999Z'],
  ])('records the loss %s', async (_, duration, to) => {
    // Half an hour before the third day is gone, the export is cut to half an hour after it.
    const createdAt = FROM + 33 * DAY_MS - HOUR_MS / 2;
    const cut = { from: createdAt - 30 * DAY_MS + HOUR_MS, logGroup: keeping(30) };
    await aws.clock.moveTo(createdAt + duration);
    await run(octoberRequest(cut, { createdAt, completedAt: createdAt + duration }));

    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({
      from: '2026-09-30T15:00:00.000Z',
      losses: [{ cause: 'RetentionExpired', from: '2026-09-30T15:00:00.000Z', to }],
    });
  });

  it('writes a second receipt in a forced run', async () => {
    await run();
    await aws.clock.moveTo('2026-11-03T00:00:00Z');
    await run(octoberRequest({ force: true }));

    expect(aws.buckets.listObjects('archive', RECEIPT_KEY.replace('.json', ''))).toEqual([
      RECEIPT_KEY.replace('.json', '.2026-11-02T03.00.01.000Z.json'),
      RECEIPT_KEY,
    ]);
    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ forced: false, finishedAt: '2026-11-02T03:00:30.000Z' });
    expect(readJson(aws, RECEIPT_KEY.replace('.json', '.2026-11-02T03.00.01.000Z.json'))).toMatchObject({
      forced: true,
      finishedAt: '2026-11-03T00:00:00.000Z',
    });
  });
});

describe('with a task that wrote no object', () => {
  const evidence = () => (readJson(aws, RECEIPT_KEY) as { evidence: string }).evidence;

  it('writes a receipt with NO_EVENTS when the log group has no event', async () => {
    aws.buckets.putObject('archive', 'logs/2026/10/web/aws-logs-write-test', 'Permission Check Successful');
    aws.buckets.putObject('archive', 'logs/2026/10/web/task-10/stream/000000.gz', 'of another task');

    expect(await run()).toMatchObject(ARCHIVED);
    expect(listOperations(aws)).toEqual([
      'DescribeLogGroups',
      'ListObjectsV2',
      'FilterLogEvents',
      'ListObjectsV2',
      'PutObject',
    ]);
    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({
      evidence: 'NO_EVENTS',
      tasks: [{ taskId: 'task-1', objects: 0, bytes: 0 }],
    });
  });

  it('throws ArchiveEmpty and writes no receipt when the log group has an event', async () => {
    putEvents(aws, FROM + 20 * DAY_MS);

    await expect(run()).rejects.toMatchObject({
      name: 'ArchiveEmpty',
      message: 'export task task-1 wrote no object, although log group /app/web has an event in 2026-10',
    });
    expect(aws.buckets.listObjects('archive')).toEqual([]);
  });

  it('throws EvidenceRefused and writes no receipt when AWS refuses the search', async () => {
    aws.faults.injectNext('FilterLogEvents', refuses('AccessDeniedException', 'Not authorized.'));

    await expect(run()).rejects.toMatchObject({
      name: 'EvidenceRefused',
      message: 'CloudWatch Logs refused to search log group /app/web: AccessDeniedException: Not authorized.',
    });
    expect(aws.buckets.listObjects('archive')).toEqual([]);
  });

  it('asks Logs Insights when the log class does not support the search', async () => {
    aws.faults.injectNext('StartQuery', answers(200, { queryId: 'query-1' }));
    aws.faults.injectNext('GetQueryResults', answers(200, { status: 'Complete', results: [] }));

    expect(await run(octoberRequest(INFREQUENT_ACCESS))).toMatchObject({ status: 'ARCHIVED' });
    expect(listOperations(aws)).toEqual([
      'DescribeLogGroups',
      'ListObjectsV2',
      'StartQuery',
      'GetQueryResults',
      'ListObjectsV2',
      'PutObject',
    ]);
    expect(evidence()).toBe('NO_EVENTS');
  });

  it('writes no receipt when the search is throttled, and writes one in the next call', async () => {
    aws.faults.injectNext('FilterLogEvents', throttled);
    await expect(run()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(aws.buckets.listObjects('archive')).toEqual([]);

    await run();
    expect(evidence()).toBe('NO_EVENTS');
  });
});

describe('with more work than one invocation can do', () => {
  it('continues the search, and does not count again', async () => {
    let now = aws.clock.now();
    const clock = () => now;
    aws.faults.injectNext('FilterLogEvents', async () => {
      now += 5 * 60_000;
      return answers(200, { events: [], nextToken: 'there' })(async () => Promise.reject());
    });
    const progress = await readProgress(recordListed(aws, OCTOBER_REQUEST, { ...clients, now: clock }));
    expect(progress).toEqual({ ...EMPTY, search: { kind: 'EVENTS', token: 'there' } });
    expect(aws.buckets.listObjects('archive')).toEqual([]);

    aws.faults.injectNext('FilterLogEvents', answers(200, { events: [] }));
    const second = await recordListed(aws, continueFrom(OCTOBER_REQUEST, progress), { ...clients, now: clock });
    expect(second).toMatchObject(ARCHIVED);
    expect(listOperations(aws)).toEqual([
      'DescribeLogGroups',
      'ListObjectsV2',
      'FilterLogEvents',
      'DescribeLogGroups',
      'FilterLogEvents',
      'ListObjectsV2',
      'PutObject',
    ]);
    expect(aws.requestHandler.calls[6]?.input).toMatchObject({ nextToken: 'there' });
  });

  it('continues the check of the log streams, and writes a receipt', async () => {
    aws.buckets.putObject('archive', `${FOLDER}a/000000.gz`, 'four');
    let now = aws.clock.now();
    const slow = { ...clients, now: () => now };
    aws.faults.injectNext('DescribeLogStreams', async () => {
      now += 5 * 60_000;
      return answers(200, { logStreams: [], nextToken: 'there' })(async () => Promise.reject());
    });
    const progress = await readProgress(recordListed(aws, OCTOBER_REQUEST, slow));
    expect(progress).toMatchObject({ objects: 1, search: { kind: 'STREAMS', token: 'there' } });
    expect(aws.buckets.listObjects('archive', 'logs/_log-archiver/')).toEqual([]);

    aws.faults.injectNext('DescribeLogStreams', answers(200, { logStreams: [] }));
    expect(await recordListed(aws, continueFrom(OCTOBER_REQUEST, progress), slow)).toMatchObject(ARCHIVED);
    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ tasks: [{ objects: 1 }] });
    expect(listOperations(aws)).toEqual([
      'DescribeLogGroups',
      'ListObjectsV2',
      'DescribeLogStreams',
      'DescribeLogGroups',
      'DescribeLogStreams',
      'ListObjectsV2',
      'PutObject',
    ]);
    expect(aws.requestHandler.calls[6]?.input).toMatchObject({ nextToken: 'there' });
  });

  it('continues to wait for a query', async () => {
    let now = aws.clock.now();
    const slow = { ...clients, now: () => now };
    aws.faults.injectNext('StartQuery', answers(200, { queryId: 'query-1' }));
    aws.faults.injectNext('GetQueryResults', async () => {
      now += 5 * 60_000;
      return answers(200, { status: 'Running' })(async () => Promise.reject());
    });
    const request = octoberRequest(INFREQUENT_ACCESS);
    const progress = await readProgress(recordListed(aws, request, slow));
    expect(progress).toEqual({ ...EMPTY, search: { kind: 'QUERY', token: 'query-1' } });

    aws.faults.injectNext('GetQueryResults', answers(200, { status: 'Complete', results: [] }));
    expect(await recordListed(aws, continueFrom(request, progress), slow)).toMatchObject(ARCHIVED);
    expect(aws.requestHandler.calls.at(-3)).toMatchObject({
      operation: 'GetQueryResults',
      input: { queryId: 'query-1' },
    });
  });

  it('continues the count, and writes a receipt of all objects', async () => {
    for (const stream of ['a', 'b', 'c']) {
      aws.buckets.putObject('archive', `${FOLDER}${stream}/000000.gz`, 'four');
    }
    const progress = {
      ...START,
      objects: 10,
      bytes: 100,
      lastKey: `${FOLDER}a/000000.gz`,
      isCounted: false,
      search: null,
    };

    expect(await run(continueFrom(OCTOBER_REQUEST, progress))).toMatchObject(ARCHIVED);
    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ tasks: [{ objects: 12, bytes: 108 }] });
  });

  it('writes no receipt after an error, and writes one of all objects in the next call', async () => {
    for (let number = 1; number <= 1_001; number += 1) {
      aws.buckets.putObject('archive', `${FOLDER}${number}/000000.gz`, 'four');
    }
    aws.faults.injectNext('ListObjectsV2', (makeCall) => makeCall(), throttled);
    const progress = await readProgress(run());
    expect(progress).toMatchObject({ objects: 1_000, isCounted: false });
    expect(listOperations(aws)).toEqual(['DescribeLogGroups', 'ListObjectsV2', 'ListObjectsV2']);

    expect(await run(continueFrom(OCTOBER_REQUEST, progress))).toMatchObject(ARCHIVED);
    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ tasks: [{ objects: 1_001, bytes: 4_004 }] });
  });

  it('writes nothing before all objects are counted', async () => {
    aws.buckets.putObject('archive', `${FOLDER}a/000000.gz`, 'four');
    let isLate = false;
    const clock = () => {
      const now = isLate ? 300_000 : 0;
      isLate = true;
      return now;
    };

    expect(await readProgress(recordListed(aws, OCTOBER_REQUEST, { ...clients, now: clock }))).toEqual(START);
    expect(listOperations(aws)).toEqual(['DescribeLogGroups']);
  });
});

describe('with an existing receipt', () => {
  beforeEach(() => {
    aws.buckets.putObject('archive', `${FOLDER}stream/000000.gz`, 'four');
    aws.buckets.putObject('archive', 'logs/2026/10/web/task-2/stream/000000.gz', 'four');
  });

  it('accepts a receipt of the same task after a lost response to PutObject', async () => {
    aws.faults.injectNext('PutObject', lostAnswer);
    await expect(run()).rejects.toThrow('socket hang up');
    const receipt = readJson(aws, RECEIPT_KEY);
    await aws.clock.moveTo('2026-11-02T03:00:40Z');

    expect(await run()).toMatchObject({ status: 'ARCHIVED', leftover: null });
    expect(readJson(aws, RECEIPT_KEY)).toEqual(receipt);
    expect(listOperations(aws)).toEqual([
      ...['DescribeLogGroups', 'ListObjectsV2', 'DescribeLogStreams', 'ListObjectsV2', 'PutObject'],
      ...['DescribeLogGroups', 'ListObjectsV2', 'DescribeLogStreams', 'ListObjectsV2', 'PutObject', 'GetObject'],
    ]);
  });

  it('keeps a receipt of another task, and reports this task as orphaned', async () => {
    await run();
    const receipt = readJson(aws, RECEIPT_KEY);

    expect(await run(octoberRequest({}, { taskId: 'task-2' }))).toMatchObject({
      status: 'ARCHIVED',
      leftover: 'another run wrote the receipt first: task-1',
    });
    expect(readJson(aws, RECEIPT_KEY)).toEqual(receipt);
  });

  it('keeps one receipt when two runs write at once', async () => {
    const recorded = await Promise.all([run(), run(octoberRequest({}, { taskId: 'task-2' }))]);

    expect(recorded.map(({ leftover }) => leftover).filter((leftover) => leftover === null)).toHaveLength(1);
    const { tasks } = readJson(aws, RECEIPT_KEY) as { tasks: { taskId: string }[] };
    expect(tasks).toHaveLength(1);
    expect(recorded.map(({ leftover }) => leftover)).toContain(
      `another run wrote the receipt first: ${tasks[0]?.taskId}`,
    );
  });
});

describe('with an error of S3', () => {
  it.each([
    ['ListObjectsV2', 'AccessDenied'],
    ['PutObject', 'AccessDenied'],
    ['PutObject', 'SlowDown'],
    ['PutObject', 'ConditionalRequestConflict'],
  ])('rethrows the error when %s fails with %s', async (operation, name) => {
    aws.buckets.putObject('archive', `${FOLDER}stream/000000.gz`, 'four');
    aws.faults.injectNext(operation, refuses(name, 'No.', name === 'ConditionalRequestConflict' ? 409 : 403));

    await expect(run()).rejects.toMatchObject({ name, message: 'No.' });
    expect(aws.buckets.listObjects('archive', 'logs/_log-archiver/')).toEqual([]);
  });
});

it.each([
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['empty', '', '""'],
  ['a number', 7, '7'],
])('rejects a task id that is %s and does not call AWS', async (_, taskId, got) => {
  await expect(run(octoberRequest({}, { taskId: taskId as string }))).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: `taskId must be a non-empty string, got ${got}`,
  });
  expect(aws.requestHandler.calls).toEqual([]);
});

describe('the receipt of the period before', () => {
  const SEPTEMBER_KEY = RECEIPT_KEY.replace('2026-10', '2026-09');
  const { previousPeriod } = OCTOBER_REQUEST.item;
  const SEPTEMBER = octoberRequest({
    period: '2026-09',
    periodFrom: previousPeriod.from,
    periodTo: previousPeriod.to,
    from: previousPeriod.from,
    to: previousPeriod.to,
    destinationPrefix: 'logs/2026/09/web',
  });
  const previous = () => readJson<ArchiveReceipt>(aws, RECEIPT_KEY).previous;
  const hash = (key: string) => sha256(aws.buckets.getObject('archive', key).toString());

  it('is in the receipt, with its SHA-256', async () => {
    await run(SEPTEMBER);
    await run();

    expect(previous()).toEqual({ key: SEPTEMBER_KEY, sha256: hash(SEPTEMBER_KEY) });
  });

  it('is the one that was finished last', async () => {
    await run(SEPTEMBER);
    await aws.clock.moveTo(aws.clock.now() + HOUR_MS);
    await run({ ...SEPTEMBER, item: { ...SEPTEMBER.item, force: true } });
    await run();

    const forcedKey = SEPTEMBER_KEY.replace('.json', '.2026-11-02T03.00.01.000Z.json');
    expect(previous()).toEqual({ key: forcedKey, sha256: hash(forcedKey) });
  });

  it('is none if the object at its key is not a valid receipt', async () => {
    aws.buckets.putObject('archive', SEPTEMBER_KEY, '');
    await run();

    expect(previous()).toBeNull();
  });
});

it.each(['', '{}', JSON.stringify({ format: 2 })])(
  'throws ReceiptInvalid if the object %j is at the key of the receipt',
  async (text) => {
    aws.buckets.putObject('archive', RECEIPT_KEY, text);

    await expect(run()).rejects.toMatchObject({ name: 'ReceiptInvalid' });
    expect(aws.buckets.getObject('archive', RECEIPT_KEY).toString()).toBe(text);
  },
);
