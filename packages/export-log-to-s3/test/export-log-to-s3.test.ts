import { createLogsClient } from '@log-archiver/aws-clients/create-clients';
import { listOperations } from '@log-archiver/aws-clients/testing';
import { type ArchiveItem, type ExportLogToS3Request, type ExportTask, POLLING_SECONDS } from '@log-archiver/core';
import { answers, type LocalAws, lostAnswer, refuses, type ScriptedExport } from '@log-archiver/local-aws';
import { exportLogToS3 } from '../src/export-log-to-s3';
import { OCTOBER_REQUEST, octoberRequest, startTwoLogGroups, waitOn } from './october-request';

const OCTOBER_IN_TOKYO = {
  from: Date.parse('2026-09-30T15:00:00.000Z'),
  to: Date.parse('2026-10-31T14:59:59.999Z'),
};

let aws: LocalAws;
beforeEach(() => {
  aws = startTwoLogGroups();
});

function runWith(overrides: Partial<ArchiveItem> = {}): Promise<ExportTask> {
  return run(octoberRequest(overrides));
}

function run(request: ExportLogToS3Request): Promise<ExportTask> {
  return exportLogToS3(request, createLogsClient(waitOn(aws)));
}

/** Moves the clock of the account forward. */
function pass(seconds: number): Promise<void> {
  return aws.clock.moveTo(aws.clock.now() + seconds * 1_000);
}

describe('without an existing task', () => {
  it('lists the existing tasks and creates one, with exactly these parameters', async () => {
    await runWith();

    expect(aws.requestHandler.calls).toEqual([
      { at: '2026-11-02T03:00:05.000Z', operation: 'DescribeExportTasks', input: {} },
      {
        at: '2026-11-02T03:00:05.000Z',
        operation: 'CreateExportTask',
        input: {
          from: OCTOBER_IN_TOKYO.from,
          to: OCTOBER_IN_TOKYO.to + 1,
          taskName: OCTOBER_REQUEST.item.taskName,
          logGroupName: '/app/web',
          destination: 'archive',
          destinationPrefix: '2026/10/app/web',
        },
      },
    ]);
  });

  it('returns the destination and the id of the created task', async () => {
    const task = await runWith();

    expect(task).toEqual({
      logGroupName: '/app/web',
      period: '2026-10',
      execution: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly',
      s3BucketName: 'archive',
      taskId: aws.logs.exportTasks.describe({}).exportTasks[0]?.taskId,
      destinationPrefix: '2026/10/app/web',
    });
    expect(task.taskId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('exports only the range of a part', async () => {
    const part = { from: Date.parse('2026-10-29T15:00:00.000Z'), to: Date.parse('2026-10-30T14:59:59.999Z') };
    await runWith({ ...part, part: 'DAY' });

    expect(aws.requestHandler.calls[1]?.input).toMatchObject({
      from: part.from,
      to: part.to + 1,
      destinationPrefix: '2026/10/app/web',
    });
  });
});

describe('with a task of the same name', () => {
  it.each([
    ['PENDING', 0],
    ['RUNNING', 3],
    ['COMPLETED', 23],
  ])('adopts it when its status is %s', async (status, seconds) => {
    const first = await runWith();
    await pass(seconds);
    expect(aws.logs.exportTasks.describe({}).exportTasks[0]?.status.code).toBe(status);

    expect(await runWith()).toEqual(first);
    expect(listOperations(aws)).toEqual(['DescribeExportTasks', 'CreateExportTask', 'DescribeExportTasks']);
  });

  it('adopts it although another task is newer', async () => {
    const first = await runWith();
    await pass(60);
    await runWith({ logGroupName: '/app/other' });

    expect(await runWith()).toEqual(first);
  });

  it('creates another task after it failed', async () => {
    aws.logs.exportTasks.script('/app/web', { ends: 'FAILED' });
    const failed = await runWith();
    await pass(23);

    const second = await runWith();

    expect(second).toEqual({ ...failed, taskId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(second.taskId).not.toBe(failed.taskId);
  });

  it('creates another task after it was cancelled', async () => {
    const cancelled = await runWith();
    aws.logs.exportTasks.cancel(cancelled);
    await pass(2);

    const second = await runWith();

    expect(second.taskId).not.toBe(cancelled.taskId);
    expect(listOperations(aws).filter((operation) => operation === 'CreateExportTask')).toHaveLength(2);
  });

  it('adopts it when it was created at adoptAfter, and not before', async () => {
    const adoptAfter = aws.clock.now();
    const first = await runWith();
    await pass(60);

    expect(await runWith({ adoptAfter })).toEqual(first);
    expect((await runWith({ adoptAfter: adoptAfter + 1 })).taskId).not.toBe(first.taskId);
  });

  it('adopts it after the response to its creation was lost', async () => {
    aws.faults.injectNext('CreateExportTask', lostAnswer);
    await expect(runWith()).rejects.toThrow('socket hang up');

    const task = await runWith();

    expect(aws.logs.exportTasks.describe({}).exportTasks.map(({ taskId }) => taskId)).toEqual([task.taskId]);
    expect(listOperations(aws)).toEqual(['DescribeExportTasks', 'CreateExportTask', 'DescribeExportTasks']);
  });

  it('does not adopt a copy that another principal created after it', async () => {
    const first = await runWith();
    await pass(60);
    const { taskName, logGroupName, from, to, destination, destinationPrefix } = aws.logs.exportTasks.describe({})
      .exportTasks[0] as Required<ReturnType<typeof aws.logs.exportTasks.describe>['exportTasks'][0]>;
    aws.logs.exportTasks.create({
      ...{ taskName, logGroupName, from, to, destination, destinationPrefix, logStreamNamePrefix: 'a' },
    });

    expect(await runWith()).toEqual(first);
  });

  it('does not adopt a task of another range, bucket or prefix', async () => {
    aws.buckets.createBucket('other-archive');
    const tasks: ExportTask[] = [];
    for (const other of [
      OCTOBER_REQUEST,
      octoberRequest({ to: OCTOBER_IN_TOKYO.to - 1 }),
      { ...OCTOBER_REQUEST, s3BucketName: 'other-archive' },
      octoberRequest({ destinationPrefix: '2026/10/elsewhere' }),
    ]) {
      tasks.push(await run(other));
      await pass(60);
    }

    expect(new Set(tasks.map(({ taskId }) => taskId)).size).toBe(4);
  });
});

describe('with the slot held by another task', () => {
  function holdSlot(script: ScriptedExport = { runningSeconds: 3_600 }): string {
    aws.logs.exportTasks.script('/app/other', script);
    const other = { logGroupName: '/app/other', from: 0, to: 1, destination: 'archive' };
    return aws.logs.exportTasks.create(other).taskId;
  }

  it.each([
    ['PENDING', { pendingSeconds: 3_600 }],
    ['RUNNING', { runningSeconds: 3_600 }],
  ])('throws ExportSlotBusy after its last poll, and names the holder with status %s', async (status, script) => {
    const start = aws.clock.now();
    const taskId = holdSlot(script);

    await expect(runWith()).rejects.toMatchObject({
      name: 'ExportSlotBusy',
      message: `the export slot is held by task ${taskId} of log group /app/other, status ${status}`,
    });
    expect(aws.clock.now()).toBe(start + POLLING_SECONDS * 1_000);
    expect(listOperations(aws)).toEqual([
      ...['DescribeExportTasks', 'CreateExportTask'],
      ...Array(POLLING_SECONDS + 1).fill('DescribeExportTasks'),
    ]);
  });

  it('polls every 9 s while the holder is more than 15 minutes old', async () => {
    holdSlot({ runningSeconds: 24 * 3_600 });
    await pass(20 * 3_600);
    const start = aws.clock.now();

    await expect(runWith()).rejects.toMatchObject({ name: 'ExportSlotBusy' });
    expect(aws.clock.now()).toBe(start + 45_000);
    expect(listOperations(aws)).toEqual([
      ...['DescribeExportTasks', 'CreateExportTask'],
      ...Array(6).fill('DescribeExportTasks'),
    ]);
  });

  it('creates a task within a second after the end of the holder', async () => {
    const start = aws.clock.now();
    holdSlot({});

    const { taskId } = await runWith();

    const [created] = aws.logs.exportTasks.describe({ taskId }).exportTasks;
    expect(created?.executionInfo.creationTime).toBe(start + 23_000);
    expect(listOperations(aws).filter((operation) => operation === 'CreateExportTask')).toHaveLength(2);
  });

  it('creates a task when AWS refuses the first two although no task holds the slot', async () => {
    const isTaken = refuses('LimitExceededException', 'Resource limit exceeded.');
    aws.faults.injectNext('CreateExportTask', isTaken, isTaken);

    await runWith();

    expect(listOperations(aws)).toEqual(Array(3).fill(['DescribeExportTasks', 'CreateExportTask']).flat());
  });

  it('adopts the task of another invocation that takes the slot while this one polls', async () => {
    aws.faults.injectNext('CreateExportTask', async (makeCall) => {
      await makeCall();
      return refuses('LimitExceededException', 'Resource limit exceeded.')(makeCall);
    });

    const { taskId } = await runWith();

    expect(aws.logs.exportTasks.describe({}).exportTasks.map((task) => task.taskId)).toEqual([taskId]);
  });

  it('polls again when a poll fails', async () => {
    const start = aws.clock.now();
    holdSlot({});
    const throttling = refuses('ThrottlingException', 'Rate exceeded');
    aws.faults.injectNext('DescribeExportTasks', (makeCall) => makeCall(), ...Array(10).fill(throttling));

    const { taskId } = await runWith();

    const [created] = aws.logs.exportTasks.describe({ taskId }).exportTasks;
    expect(created?.executionInfo.creationTime).toBe(start + 23_000);
  });

  it('throws ExportSlotBusy when all polls after the first fail', async () => {
    holdSlot();
    const throttling = refuses('ThrottlingException', 'Rate exceeded');
    aws.faults.injectNext('DescribeExportTasks', (makeCall) => makeCall(), ...Array(60).fill(throttling));

    await expect(runWith()).rejects.toMatchObject({
      name: 'ExportSlotBusy',
      message: 'the export slot is held by an unknown task; its lookup failed with ThrottlingException',
    });
  });

  it('throws ExportSlotUnavailable when the deadline passes while it polls', async () => {
    await aws.clock.moveTo('2026-11-04T02:59:51.000Z');
    holdSlot();

    await expect(runWith()).rejects.toMatchObject({ name: 'ExportSlotUnavailable' });
    expect(aws.clock.now()).toBe(Date.parse('2026-11-04T03:00:01.000Z'));
  });

  it('throws ExportSlotUnavailable at the deadline', async () => {
    await aws.clock.moveTo('2026-11-04T03:00:01.000Z');
    const taskId = holdSlot();

    await expect(runWith()).rejects.toMatchObject({
      name: 'ExportSlotUnavailable',
      message:
        `the export slot is held by task ${taskId} of log group /app/other, status PENDING; ` +
        'the run waited until 2026-11-04T03:00:01.000Z',
    });
  });

  it('adopts its own task that holds the slot after the deadline', async () => {
    aws.logs.exportTasks.script('/app/web', { runningSeconds: 20 * 3_600 });
    await aws.clock.moveTo('2026-11-04T03:00:00.000Z');
    const task = await runWith();
    await pass(3_600);

    expect(await runWith()).toEqual(task);
  });
});

describe('with an error of AWS', () => {
  it('throws LogGroupNotFound when the log group does not exist', async () => {
    await expect(runWith({ logGroupName: '/app/gone' })).rejects.toMatchObject({
      name: 'LogGroupNotFound',
      message: 'log group /app/gone does not exist',
    });
  });

  it('rethrows InvalidParameterException when the bucket does not exist', async () => {
    await expect(run({ ...OCTOBER_REQUEST, s3BucketName: 'gone' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The given bucket does not exist. Please make sure the bucket is valid.',
    });
  });

  it.each([
    ['CreateExportTask', 'AccessDeniedException', 'GetBucketAcl call on the given bucket failed.'],
    ['CreateExportTask', 'InvalidParameterException', 'GetBucketAcl call on the given bucket failed.'],
    ['CreateExportTask', 'ThrottlingException', 'Rate exceeded'],
    ['CreateExportTask', 'OperationAbortedException', 'Try again.'],
    ['CreateExportTask', 'AnUnknownError', 'Something new.'],
    ['DescribeExportTasks', 'AccessDeniedException', 'User is not authorized to perform this operation.'],
    ['DescribeExportTasks', 'ThrottlingException', 'Rate exceeded'],
  ])('rethrows the error when %s fails with %s', async (operation, name, message) => {
    aws.faults.injectNext(operation, refuses(name, message));

    await expect(runWith()).rejects.toMatchObject({ name, message });
    expect(listOperations(aws).at(-1)).toBe(operation);
  });

  it('throws an error when CreateExportTask returns no task id', async () => {
    aws.faults.injectNext('CreateExportTask', answers(200, {}));

    await expect(runWith()).rejects.toMatchObject({
      name: 'Error',
      message: 'CreateExportTask returned no task id for log group /app/web',
    });
  });

  it('creates a task when DescribeExportTasks returns no list', async () => {
    aws.faults.injectNext('DescribeExportTasks', answers(200, {}));

    expect((await runWith()).taskId).toBe(aws.logs.exportTasks.describe({}).exportTasks[0]?.taskId);
  });
});
