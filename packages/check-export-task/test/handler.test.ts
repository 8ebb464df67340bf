import type { ClientOptions } from '@log-archiver/aws-clients/create-clients';
import { ENVIRONMENT, startLocalAws } from '@log-archiver/aws-clients/testing';
import type { ExportTask } from '@log-archiver/core';
import { answers, type LocalAws, refuses } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { startExport, waitOn } from './start-export';

let aws: LocalAws;
let lines: string[];
beforeEach(() => {
  aws = startLocalAws();
  lines = [];
});
afterEach(() => {
  jest.restoreAllMocks();
});

function create(options: ClientOptions = {}) {
  return createHandler({
    ...waitOn(aws),
    environment: ENVIRONMENT,
    log: (line) => lines.push(line),
    ...options,
  });
}

describe('createHandler', () => {
  it('calls AWS on the given transport', async () => {
    const task = startExport(aws);
    await aws.clock.moveTo('2026-11-02T03:01:00Z');

    expect(await create()(task)).toEqual({
      ...task,
      status: 'COMPLETED',
      createdAt: Date.parse('2026-11-02T03:00:05.000Z'),
      completedAt: Date.parse('2026-11-02T03:00:28.000Z'),
    });
  });

  it('rejects a task of another bucket, and calls nothing', async () => {
    await expect(create()({ ...startExport(aws), s3BucketName: 'mine' })).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
      message: 's3BucketName must be that of the function, "archive", got "mine"',
    });
    expect(aws.requestHandler.calls).toEqual([]);
  });

  it('uses the given clock, or the system clock, when AWS returns no completion time', async () => {
    const task = startExport(aws);
    const withoutEnd = { ...task, status: { code: 'COMPLETED' }, executionInfo: { creationTime: 1 } };
    const completed = answers(200, { exportTasks: [withoutEnd] });
    aws.faults.injectNext('DescribeExportTasks', completed, completed);

    expect(await create({ now: () => 2 })(task)).toMatchObject({ completedAt: 2 });
    jest.spyOn(Date, 'now').mockReturnValue(3);
    expect(await create({ now: undefined })(task)).toMatchObject({ completedAt: 3 });
  });

  it.each(['ThrottlingException', 'ServiceUnavailableException', 'LimitExceededException'])(
    'does not retry after %s',
    async (name) => {
      aws.faults.injectNext('DescribeExportTasks', refuses(name, 'Try again later.'));
      const handle = create();

      await expect(handle(startExport(aws))).rejects.toMatchObject({ name, message: 'Try again later.' });
      expect(aws.requestHandler.calls).toHaveLength(1);
    },
  );

  it('writes a line of level INFO for each call', async () => {
    const handle = create();
    aws.logs.exportTasks.script('/app/web', { pendingSeconds: 60 });
    const task = startExport(aws);
    await expect(handle(task)).rejects.toMatchObject({ name: 'PENDING' });
    await aws.clock.moveTo('2026-11-02T03:02:00Z');
    await handle(task);

    const fields = {
      level: 'INFO',
      function: 'CheckExportTask',
      execution: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly',
      logGroupName: '/app/web',
      period: '2026-10',
    };
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        ...fields,
        timestamp: '2026-11-02T03:00:55.000Z',
        result: 'PENDING',
        message: `export task ${task.taskId} of log group /app/web is PENDING`,
      },
      { ...fields, timestamp: '2026-11-02T03:02:00.000Z', result: 'COMPLETED' },
    ]);
  });

  it('rejects a task that is null', async () => {
    await expect(create()(null as unknown as ExportTask)).rejects.toMatchObject({ name: 'InvalidArchiveRequest' });
  });
});

it('rejects a task without an id before it calls AWS', async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  Object.assign(process.env, ENVIRONMENT);
  await expect(handler({ ...startExport(aws), taskId: '' })).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: 'taskId must be a non-empty string, got ""',
  });
});
