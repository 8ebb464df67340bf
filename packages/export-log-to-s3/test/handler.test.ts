import type { ClientOptions } from '@log-archiver/aws-clients/create-clients';
import { ENVIRONMENT, listOperations } from '@log-archiver/aws-clients/testing';
import type { ExportLogToS3Request } from '@log-archiver/core';
import { type LocalAws, refuses } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { OCTOBER_REQUEST, octoberRequest, startTwoLogGroups } from './october-request';

let aws: LocalAws;
let lines: string[];
beforeEach(() => {
  aws = startTwoLogGroups();
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
  it('creates an export task on the given transport and clock', async () => {
    const task = await create({ now: aws.clock.now })(OCTOBER_REQUEST);

    expect(task.taskId).toBe(aws.logs.exportTasks.describe({}).exportTasks[0]?.taskId);
    expect(listOperations(aws)).toEqual(['DescribeExportTasks', 'CreateExportTask']);
  });

  it('rejects a request of another bucket, and calls nothing', async () => {
    await expect(create()({ ...OCTOBER_REQUEST, s3BucketName: 'mine' })).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
      message: 's3BucketName must be that of the function, "archive", got "mine"',
    });
    expect(aws.requestHandler.calls).toEqual([]);
  });

  it.each([
    ['DescribeExportTasks', 'ThrottlingException', ['DescribeExportTasks']],
    ['CreateExportTask', 'ThrottlingException', ['DescribeExportTasks', 'CreateExportTask']],
    ['CreateExportTask', 'ServiceUnavailableException', ['DescribeExportTasks', 'CreateExportTask']],
  ])('does not retry when %s fails with %s', async (operation, name, calls) => {
    aws.faults.injectNext(operation, refuses(name, 'Try again later.'));
    const handle = create({ now: aws.clock.now });

    await expect(handle(OCTOBER_REQUEST)).rejects.toMatchObject({ name, message: 'Try again later.' });
    expect(listOperations(aws)).toEqual(calls);
  });

  it.each([
    ['ExportSlotBusy', 60],
    ['ExportSlotUnavailable', 0],
  ])('throws %s %d s before the deadline by the given clock, or by the system clock', async (name, seconds) => {
    aws.logs.exportTasks.script('/app/other', { runningSeconds: 3_600 });
    aws.logs.exportTasks.create({ logGroupName: '/app/other', from: 0, to: 1, destination: 'archive' });
    const start = OCTOBER_REQUEST.item.slotDeadline - seconds * 1_000;
    let time = start;
    const now = () => time;
    const wait = (milliseconds: number) => {
      time += milliseconds;
      return aws.clock.moveTo(aws.clock.now() + milliseconds);
    };
    await expect(create({ now, wait })(OCTOBER_REQUEST)).rejects.toMatchObject({ name });

    time = start;
    jest.spyOn(Date, 'now').mockImplementation(now);
    await expect(create({ wait })(OCTOBER_REQUEST)).rejects.toMatchObject({ name });
  });

  it('writes a line for each call', async () => {
    await create({ now: aws.clock.now })(OCTOBER_REQUEST);
    await expect(create({ now: aws.clock.now })(octoberRequest({ logGroupName: '/app/gone' }))).rejects.toThrow();

    const fields = {
      timestamp: '2026-11-02T03:00:05.000Z',
      level: 'INFO',
      function: 'ExportLogToS3',
      execution: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly',
      period: '2026-10',
    };
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...fields, logGroupName: '/app/web', result: 'COMPLETED' },
      {
        ...fields,
        logGroupName: '/app/gone',
        result: 'LogGroupNotFound',
        message: 'log group /app/gone does not exist',
      },
    ]);
  });

  it('rejects a request that is null', async () => {
    await expect(create()(null as unknown as ExportLogToS3Request)).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
    });
  });
});

it('rejects a request without a log group before it calls AWS', async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  Object.assign(process.env, ENVIRONMENT);
  await expect(handler(octoberRequest({ logGroupName: '' }))).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: 'logGroupName must be a non-empty string, got ""',
  });
});
