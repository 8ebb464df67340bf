import type { ClientOptions } from '@log-archiver/aws-clients/create-clients';
import { ENVIRONMENT, readJson } from '@log-archiver/aws-clients/testing';
import { DAY_MS, type RecordArchiveRequest } from '@log-archiver/core';
import { answers, type LocalAws, throttled } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import {
  FOLDER,
  FROM,
  INFREQUENT_ACCESS,
  listOperations,
  listTask,
  OCTOBER_REQUEST,
  octoberRequest,
  putEvents,
  RECEIPT_KEY,
  startOctoberAws,
} from './october-request';

let aws: LocalAws;
let lines: string[];
beforeEach(() => {
  aws = startOctoberAws();
  listTask(aws, OCTOBER_REQUEST);
  lines = [];
});
afterEach(() => {
  jest.restoreAllMocks();
});

function create(options: ClientOptions = {}) {
  return createHandler({
    requestHandler: aws.requestHandler,
    environment: ENVIRONMENT,
    log: (line) => lines.push(line),
    ...options,
  });
}

describe('createHandler', () => {
  it('calls AWS on the given transport and clock', async () => {
    const now = () => Date.parse('2026-11-02T04:00:00.000Z');

    expect(await create({ now })(OCTOBER_REQUEST)).toMatchObject({
      status: 'ARCHIVED',
    });
    expect(listOperations(aws)).toEqual([
      'DescribeLogGroups',
      'ListObjectsV2',
      'FilterLogEvents',
      'ListObjectsV2',
      'PutObject',
    ]);
    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ finishedAt: '2026-11-02T04:00:00.000Z' });
  });

  it.each([
    ['bucket', { s3BucketName: 'mine' }, 's3BucketName must be that of the function, "archive", got "mine"'],
    ['account', { account: '1' }, 'account must be that of the function, "123456789012", got "1"'],
  ])('rejects a payload with another %s, and calls nothing', async (_, changes, message) => {
    const request = { ...OCTOBER_REQUEST, parameters: { ...OCTOBER_REQUEST.parameters, ...changes } };

    await expect(create()(request)).rejects.toMatchObject({ name: 'InvalidArchiveRequest', message });
    expect(aws.requestHandler.calls).toEqual([]);
  });

  it('throws without a binding', async () => {
    await expect(create({ environment: {} })(OCTOBER_REQUEST)).rejects.toThrow(
      'environment variable ARCHIVE_BUCKET_NAME is required: it binds the function',
    );
  });

  it('uses the system clock by default', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-02T05:00:00.000Z'));
    await create()(OCTOBER_REQUEST);
    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ finishedAt: '2026-11-02T05:00:00.000Z' });
  });

  it.each([
    ['ListObjectsV2', 'SlowDown'],
    ['FilterLogEvents', 'ThrottlingException'],
    ['PutObject', 'SlowDown'],
  ])('does not retry when %s fails with %s', async (operation, name) => {
    aws.faults.injectNext(operation, throttled);

    await expect(create()(OCTOBER_REQUEST)).rejects.toMatchObject({
      name,
    });
    expect(listOperations(aws).at(-1)).toBe(operation);
    expect(aws.buckets.listObjects('archive', FOLDER)).toEqual([]);
  });

  it('waits for a query by the given clock', async () => {
    aws.faults.injectNext('StartQuery', answers(200, { queryId: 'query-1' }));
    aws.faults.injectNext('GetQueryResults', answers(200, { status: 'Complete', results: [] }));
    const waits: number[] = [];
    await create({ wait: async (milliseconds) => waits.push(milliseconds) })(octoberRequest(INFREQUENT_ACCESS));

    expect(waits).toEqual([1_000]);
  });

  it('writes a line for each call', async () => {
    const handle = create({ now: aws.clock.now });
    await handle(OCTOBER_REQUEST);
    putEvents(aws, FROM + 25 * DAY_MS);
    await expect(handle(OCTOBER_REQUEST)).rejects.toThrow();

    const fields = {
      timestamp: '2026-11-02T03:00:30.000Z',
      level: 'INFO',
      function: 'RecordArchive',
      execution: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly',
      logGroupName: '/app/web',
      period: '2026-10',
    };
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...fields, result: 'COMPLETED' },
      {
        ...fields,
        result: 'ArchiveEmpty',
        message: 'export task task-1 wrote no object, although log group /app/web has an event in 2026-10',
      },
    ]);
  });

  it('rejects a request that is null', async () => {
    await expect(create()(null as unknown as RecordArchiveRequest)).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
    });
  });
});

it('rejects a task without an id before it calls AWS', async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  Object.assign(process.env, ENVIRONMENT);
  await expect(handler(octoberRequest({}, { taskId: '' }))).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: 'taskId must be a non-empty string, got ""',
  });
});
