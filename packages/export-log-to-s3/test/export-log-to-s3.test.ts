import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { ArchiveItem, ExportLogToS3Request, ExportTask } from '@log-archiver/core';
import { answers, type LocalAws, lostAnswer, refuses } from '@log-archiver/local-aws';
import { exportLogToS3 } from '../src/export-log-to-s3';
import { OCTOBER_REQUEST, octoberRequest } from './october-request';
import { operations, startLocalAws } from './start-local-aws';

const OCTOBER_IN_TOKYO = {
  from: Date.parse('2026-09-30T15:00:00.000Z'),
  to: Date.parse('2026-10-31T14:59:59.999Z'),
};
const OCTOBER_TASK_NAME = 'log-archiver 2026-10 /app/web ff11d532df4ce113e16d21294d17efa2';

let aws: LocalAws;
beforeEach(() => {
  aws = startLocalAws();
});

function run(overrides: Partial<ArchiveItem> = {}): Promise<ExportTask> {
  return ask(octoberRequest(overrides));
}

function ask(request: ExportLogToS3Request): Promise<ExportTask> {
  return exportLogToS3(request, new CloudWatchLogsClient(aws.clientConfig), aws.clock.now);
}

/** Lets seconds of the account's time pass. */
function pass(seconds: number): Promise<void> {
  return aws.clock.moveTo(aws.clock.now() + seconds * 1_000);
}

describe('a new export', () => {
  it('asks for the tasks there are and creates one, with these parameters and no other', async () => {
    await run();

    expect(aws.requestHandler.calls).toEqual([
      { at: '2026-11-02T03:00:05.000Z', operation: 'DescribeExportTasks', input: {} },
      {
        at: '2026-11-02T03:00:05.000Z',
        operation: 'CreateExportTask',
        input: {
          ...OCTOBER_IN_TOKYO,
          taskName: OCTOBER_TASK_NAME,
          logGroupName: '/app/web',
          destination: 'archive',
          destinationPrefix: '2026/10/app/web',
        },
      },
    ]);
  });

  it('answers where the objects go and the task that AWS has', async () => {
    const task = await run();

    expect(task).toEqual({
      logGroupName: '/app/web',
      s3BucketName: 'archive',
      taskId: aws.logs.exportTasks.describe({}).exportTasks[0]?.taskId,
      destinationPrefix: '2026/10/app/web',
    });
    expect(task.taskId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('exports a part of the period when it is asked for a part', async () => {
    const part = { from: Date.parse('2026-10-29T15:00:00.000Z'), to: Date.parse('2026-10-30T14:59:59.999Z') };
    await run({ ...part, part: 'DAY' });

    expect(aws.requestHandler.calls[1]?.input).toMatchObject({ ...part, destinationPrefix: '2026/10/app/web' });
  });
});

describe('a task of the same name', () => {
  it.each([
    ['PENDING', 0],
    ['RUNNING', 3],
    ['COMPLETED', 23],
  ])('is taken when it is %s', async (status, seconds) => {
    const first = await run();
    await pass(seconds);
    expect(aws.logs.exportTasks.describe({}).exportTasks[0]?.status.code).toBe(status);

    expect(await run()).toEqual(first);
    expect(operations(aws)).toEqual(['DescribeExportTasks', 'CreateExportTask', 'DescribeExportTasks']);
  });

  it('is taken although others are newer', async () => {
    const first = await run();
    await pass(60);
    await run({ logGroupName: '/app/other' });

    expect(await run()).toEqual(first);
  });

  it('is not taken after it FAILED', async () => {
    aws.logs.exportTasks.arrange('/app/web', { ends: 'FAILED' });
    const failed = await run();
    await pass(23);

    const second = await run();

    expect(second).toEqual({ ...failed, taskId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(second.taskId).not.toBe(failed.taskId);
  });

  it('is not taken after it was CANCELLED', async () => {
    const cancelled = await run();
    aws.logs.exportTasks.cancel(cancelled);
    await pass(2);

    const second = await run();

    expect(second.taskId).not.toBe(cancelled.taskId);
    expect(operations(aws).filter((operation) => operation === 'CreateExportTask')).toHaveLength(2);
  });

  it('is taken when it was created at adoptAfter, and not when it was created before', async () => {
    const adoptAfter = aws.clock.now();
    const first = await run();
    await pass(60);

    expect(await run({ adoptAfter })).toEqual(first);
    expect((await run({ adoptAfter: adoptAfter + 1 })).taskId).not.toBe(first.taskId);
  });

  it('is found by the call after the one whose answer was lost', async () => {
    aws.faults.arrange('CreateExportTask', lostAnswer);
    await expect(run()).rejects.toThrow('socket hang up');

    const task = await run();

    expect(aws.logs.exportTasks.describe({}).exportTasks.map(({ taskId }) => taskId)).toEqual([task.taskId]);
    expect(operations(aws)).toEqual(['DescribeExportTasks', 'CreateExportTask', 'DescribeExportTasks']);
  });

  it('is no task of another range, of another bucket or of another place in it', async () => {
    aws.files.createBucket('other-archive');
    const tasks: ExportTask[] = [];
    for (const other of [
      OCTOBER_REQUEST,
      octoberRequest({ to: OCTOBER_IN_TOKYO.to - 1 }),
      { ...OCTOBER_REQUEST, s3BucketName: 'other-archive' },
      octoberRequest({ destinationPrefix: '2026/10/elsewhere' }),
    ]) {
      tasks.push(await ask(other));
      await pass(60);
    }

    expect(new Set(tasks.map(({ taskId }) => taskId)).size).toBe(4);
  });
});

describe('a slot that is taken', () => {
  function holdSlot(): string {
    const other = { logGroupName: '/app/other', from: 0, to: 1, destination: 'archive' };
    return aws.logs.exportTasks.create(other).taskId;
  }

  it.each([
    ['PENDING', async () => {}],
    ['RUNNING', () => pass(3)],
    ['PENDING_CANCEL', async (taskId: string) => void aws.logs.exportTasks.cancel({ taskId })],
  ])('is busy, and the message names the holder, which is %s', async (status, bringThere) => {
    const taskId = holdSlot();
    await bringThere(taskId);

    await expect(run()).rejects.toMatchObject({
      name: 'ExportSlotBusy',
      message: `the export slot is held by task ${taskId} of log group /app/other, status ${status}`,
    });
    expect(operations(aws)).toEqual(['DescribeExportTasks', 'CreateExportTask', 'DescribeExportTasks']);
  });

  it('is busy, and the message says so, when the holder has ended before it could be asked for', async () => {
    holdSlot();
    aws.faults.arrange('CreateExportTask', async (makeCall) => {
      const refusal = await makeCall();
      await pass(60);
      return refusal;
    });

    await expect(run()).rejects.toMatchObject({
      name: 'ExportSlotBusy',
      message: 'the export slot was held by a task that has just ended',
    });
  });

  it('is busy a millisecond before the deadline', async () => {
    await aws.clock.moveTo('2026-11-04T03:00:00.999Z');
    const taskId = holdSlot();

    await expect(run()).rejects.toMatchObject({
      name: 'ExportSlotBusy',
      message: `the export slot is held by task ${taskId} of log group /app/other, status PENDING`,
    });
  });

  it('is unavailable at the deadline', async () => {
    await aws.clock.moveTo('2026-11-04T03:00:01.000Z');
    const taskId = holdSlot();

    await expect(run()).rejects.toMatchObject({
      name: 'ExportSlotUnavailable',
      message:
        `the export slot is held by task ${taskId} of log group /app/other, status PENDING; ` +
        'the run waited for it until 2026-11-04T03:00:01.000Z',
    });
  });

  it('still gives the task of ours that holds it, after the deadline too', async () => {
    aws.logs.exportTasks.arrange('/app/web', { runningSeconds: 20 * 3_600 });
    await aws.clock.moveTo('2026-11-04T03:00:00.000Z');
    const task = await run();
    await pass(3_600);

    expect(await run()).toEqual(task);
  });
});

describe('what AWS refuses', () => {
  it('is LogGroupNotFound for a log group that does not exist', async () => {
    await expect(run({ logGroupName: '/app/gone' })).rejects.toMatchObject({
      name: 'LogGroupNotFound',
      message: 'log group /app/gone does not exist',
    });
  });

  it('stays what it is for a bucket that does not exist', async () => {
    await expect(ask({ ...OCTOBER_REQUEST, s3BucketName: 'gone' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The given bucket does not exist. Please make sure the bucket is valid.',
    });
  });

  it.each([
    ['CreateExportTask', 'AccessDeniedException', 'GetBucketAcl call on the given bucket failed.'],
    ['CreateExportTask', 'InvalidParameterException', 'GetBucketAcl call on the given bucket failed.'],
    ['CreateExportTask', 'ThrottlingException', 'Rate exceeded'],
    ['CreateExportTask', 'OperationAbortedException', 'Try again.'],
    ['CreateExportTask', 'ANameNobodyKnows', 'Something new.'],
    ['DescribeExportTasks', 'AccessDeniedException', 'User is not authorized to perform this operation.'],
    ['DescribeExportTasks', 'ThrottlingException', 'Rate exceeded'],
  ])('stays what it is when %s answers %s', async (operation, name, message) => {
    aws.faults.arrange(operation, refuses(name, message));

    await expect(run()).rejects.toMatchObject({ name, message });
    expect(operations(aws).at(-1)).toBe(operation);
  });

  it('is an error of its own when CreateExportTask answers without a task id', async () => {
    aws.faults.arrange('CreateExportTask', answers(200, {}));

    await expect(run()).rejects.toMatchObject({
      name: 'Error',
      message: 'CreateExportTask answered without a task id for /app/web',
    });
  });

  it('creates all the same when DescribeExportTasks answers without a list', async () => {
    aws.faults.arrange('DescribeExportTasks', answers(200, {}));

    expect((await run()).taskId).toBe(aws.logs.exportTasks.describe({}).exportTasks[0]?.taskId);
  });
});
