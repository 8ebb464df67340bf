import { createLogsClient } from '@log-archiver/aws-clients/create-clients';
import { listOperations, startLocalAws } from '@log-archiver/aws-clients/testing';
import { type CompletedExportTask, type ExportTask, GIVEN_UP_AFTER_MS, POLLING_SECONDS } from '@log-archiver/core';
import { answers, type LocalAws, refuses } from '@log-archiver/local-aws';
import { checkExportTask } from '../src/check-export-task';
import { startExport, waitOn } from './start-export';

let aws: LocalAws;
let task: ExportTask;
beforeEach(() => {
  aws = startLocalAws();
  task = startExport(aws);
});

function check(task: ExportTask): Promise<CompletedExportTask> {
  return checkExportTask(task, createLogsClient(waitOn(aws)));
}

const CREATED = Date.parse('2026-11-02T03:00:05.000Z');
const END = { status: 'COMPLETED', createdAt: CREATED, completedAt: CREATED + 23_000 };

/** Moves the clock of the account forward. */
function pass(seconds: number): Promise<void> {
  return aws.clock.moveTo(aws.clock.now() + seconds * 1_000);
}

it('does not cancel a task of another bucket, although it is given up', async () => {
  aws.buckets.createBucket('other');
  await pass(600);
  aws.logs.exportTasks.script('/app/web', { runningSeconds: 25 * 3_600 });
  const other = { logGroupName: '/app/web', from: 0, to: 1, destination: 'other' };
  const { taskId } = aws.logs.exportTasks.create(other);
  await pass(24 * 3_600);

  await expect(check({ ...task, taskId })).rejects.toMatchObject({ name: 'ExportTaskGivenUp' });
  expect(listOperations(aws)).toEqual(['DescribeExportTasks']);
});

describe('with a task of status COMPLETED', () => {
  it('returns the task with its status, creation time and completion time', async () => {
    await pass(600);

    expect(await check(task)).toEqual({ ...task, ...END });
  });

  it('uses the current time when AWS returns no completion time', async () => {
    const completed = { taskId: task.taskId, status: { code: 'COMPLETED' }, executionInfo: { creationTime: CREATED } };
    aws.faults.injectNext('DescribeExportTasks', answers(200, { exportTasks: [completed] }));
    await pass(100);

    expect(await check(task)).toEqual({ ...task, ...END, completedAt: CREATED + 100_000 });
  });

  it.each([
    ['no times', {}],
    ['only a completion time', { executionInfo: { completionTime: CREATED } }],
  ])('throws an error when AWS returns %s', async (_, times) => {
    const completed = { taskId: task.taskId, status: { code: 'COMPLETED' }, ...times };
    aws.faults.injectNext('DescribeExportTasks', answers(200, { exportTasks: [completed] }));

    await expect(check(task)).rejects.toMatchObject({
      name: 'Error',
      message: `CloudWatch Logs returned no creation time for export task ${task.taskId} of log group /app/web`,
    });
  });

  it('requests the task only by its id', async () => {
    await pass(23);
    await check(task);

    expect(aws.requestHandler.calls).toEqual([
      { at: '2026-11-02T03:00:28.000Z', operation: 'DescribeExportTasks', input: { taskId: task.taskId } },
    ]);
  });

  it('does not report another task as completed', async () => {
    await pass(23);
    aws.logs.exportTasks.script('/app/web', { pendingSeconds: 60 });
    const other = startExport(aws);

    await expect(check(other)).rejects.toMatchObject({ name: 'PENDING' });
    expect(await check(task)).toEqual({ ...task, ...END });
  });
});

describe('with a task of another status', () => {
  it.each([
    ['PENDING', { pendingSeconds: 60 }],
    ['RUNNING', { runningSeconds: 60 }],
    ['RUNNING', { pendingSeconds: 0, runningSeconds: 3_600 }],
  ])('throws %s after its last poll', async (status, script) => {
    await pass(23);
    aws.logs.exportTasks.script('/app/web', script);
    const slow = startExport(aws);

    await expect(check(slow)).rejects.toMatchObject({
      name: status,
      message: `export task ${slow.taskId} of log group /app/web is ${status}`,
    });
    expect(listOperations(aws)).toHaveLength(POLLING_SECONDS + 1);
    expect(aws.clock.now()).toBe(CREATED + (23 + POLLING_SECONDS) * 1_000);
  });

  it.each([
    ['PENDING', { pendingSeconds: 901 }],
    ['RUNNING', { runningSeconds: 900 }],
  ])('throws %s at once from 15 minutes after the creation of the task', async (status, script) => {
    await pass(23);
    aws.logs.exportTasks.script('/app/web', script);
    const slow = startExport(aws);
    await pass(900);

    await expect(check(slow)).rejects.toMatchObject({ name: status });
    expect(listOperations(aws)).toHaveLength(1);
  });

  it('throws PENDING_CANCEL when the task does not end', async () => {
    const active = {
      ...{ taskId: task.taskId, status: { code: 'PENDING_CANCEL' } },
      executionInfo: { creationTime: CREATED },
    };
    aws.faults.inject(answers(200, { exportTasks: [active] }), { of: 'DescribeExportTasks' });

    await expect(check(task)).rejects.toMatchObject({ name: 'PENDING_CANCEL' });
    expect(listOperations(aws)).toHaveLength(POLLING_SECONDS + 1);
  });

  it('returns the task as soon as it is COMPLETED', async () => {
    expect(await check(task)).toEqual({ ...task, ...END });
    expect(aws.clock.now()).toBe(CREATED + 23_000);
    expect(listOperations(aws)).toHaveLength(24);
  });

  it('rethrows the error of a later poll', async () => {
    aws.faults.injectNext(
      'DescribeExportTasks',
      (makeCall) => makeCall(),
      refuses('ThrottlingException', 'Rate exceeded'),
    );

    await expect(check(task)).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(listOperations(aws)).toHaveLength(2);
  });

  it('throws CANCELLED', async () => {
    aws.logs.exportTasks.cancel(task);
    await pass(2);

    await expect(check(task)).rejects.toMatchObject({ name: 'CANCELLED' });
  });

  it('throws FAILED', async () => {
    await pass(23);
    aws.logs.exportTasks.script('/app/web', { ends: 'FAILED' });
    const failing = startExport(aws);
    await pass(23);

    await expect(check(failing)).rejects.toMatchObject({ name: 'FAILED' });
  });

  it.each([
    ['PENDING', undefined, 'is PENDING'],
    ['RUNNING', 'Started successfully', 'is RUNNING: Started successfully'],
    ['PENDING_CANCEL', 'Cancelling', 'is PENDING_CANCEL: Cancelling'],
    ['CANCELLED', 'Cancelled by user', 'is CANCELLED: Cancelled by user'],
    ['FAILED', '', 'is FAILED'],
    ['AN_UNKNOWN_STATUS', 'Hm', 'is AN_UNKNOWN_STATUS: Hm'],
  ])('throws %s and appends the message %p of AWS', async (code, message, says) => {
    const status = { code, message };
    aws.faults.injectNext('DescribeExportTasks', answers(200, { exportTasks: [{ taskId: task.taskId, status }] }));

    await expect(check(task)).rejects.toMatchObject({
      name: code,
      message: `export task ${task.taskId} of log group /app/web ${says}`,
    });
  });
});

describe('with a task that ended', () => {
  function endAfter(code: 'FAILED' | 'CANCELLED', milliseconds?: number) {
    const completionTime = milliseconds === undefined ? undefined : CREATED + milliseconds;
    const ended = {
      taskId: task.taskId,
      status: { code, message: 'Hm' },
      executionInfo: { creationTime: CREATED, completionTime },
    };
    aws.faults.injectNext('DescribeExportTasks', answers(200, { exportTasks: [ended] }));
  }

  const STATUSES = ['FAILED', 'CANCELLED'] as const;

  it('throws ExportTaskGivenUp when AWS ended the task after 24 hours', async () => {
    aws.logs.exportTasks.cancel(task);
    await pass(2);
    aws.logs.exportTasks.script('/app/web', { runningSeconds: 25 * 3_600 });
    const endless = startExport(aws);
    await pass(30 * 3_600);

    await expect(check(endless)).rejects.toMatchObject({
      name: 'ExportTaskGivenUp',
      message:
        `export task ${endless.taskId} of log group /app/web is FAILED: Export task timed out, ` +
        '24.0 hours after it was created',
    });
  });

  it.each(STATUSES)('throws ExportTaskGivenUp when the task was %s 23.5 hours after its creation', async (status) => {
    endAfter(status, GIVEN_UP_AFTER_MS);

    await expect(check(task)).rejects.toMatchObject({
      name: 'ExportTaskGivenUp',
      message: `export task ${task.taskId} of log group /app/web is ${status}: Hm, 23.5 hours after it was created`,
    });
    expect(listOperations(aws)).toEqual(['DescribeExportTasks']);
  });

  it.each(STATUSES)('throws %s when the task ended earlier, however late the check', async (status) => {
    endAfter(status, GIVEN_UP_AFTER_MS - 1);
    await pass(48 * 3_600);

    await expect(check(task)).rejects.toMatchObject({
      name: status,
      message: `export task ${task.taskId} of log group /app/web is ${status}: Hm`,
    });
  });

  it.each([
    ['FAILED', GIVEN_UP_AFTER_MS - 1_000],
    ['ExportTaskGivenUp', GIVEN_UP_AFTER_MS],
  ])('throws %s by the clock when AWS returns no completion time', async (name, age) => {
    endAfter('FAILED', undefined);
    await pass(age / 1_000);

    await expect(check(task)).rejects.toMatchObject({ name });
  });

  it('throws FAILED when AWS returns no creation time', async () => {
    const failed = { taskId: task.taskId, status: { code: 'FAILED' } };
    aws.faults.injectNext('DescribeExportTasks', answers(200, { exportTasks: [failed] }));
    await pass(48 * 3_600);

    await expect(check(task)).rejects.toMatchObject({ name: 'FAILED' });
  });
});

describe('with a task that has not ended 23.5 hours after its creation', () => {
  const SUBJECT = () => `export task ${task.taskId} of log group /app/web`;

  function hasStatus(code: string) {
    const identity = { taskId: task.taskId, destination: 'archive' };
    const active = { ...identity, status: { code }, executionInfo: { creationTime: CREATED } };
    aws.faults.injectNext('DescribeExportTasks', answers(200, { exportTasks: [active] }));
  }

  it.each(['PENDING', 'RUNNING'])('cancels it and throws ExportTaskGivenUp when its status is %s', async (status) => {
    hasStatus(status);
    aws.faults.injectNext('CancelExportTask', answers(200, {}));
    await pass(GIVEN_UP_AFTER_MS / 1_000);

    await expect(check(task)).rejects.toMatchObject({
      name: 'ExportTaskGivenUp',
      message: `${SUBJECT()} is ${status}, 23.5 hours after it was created; it was cancelled`,
    });
    expect(aws.requestHandler.calls.map(({ operation, input }) => [operation, input])).toEqual([
      ['DescribeExportTasks', { taskId: task.taskId }],
      ['CancelExportTask', { taskId: task.taskId }],
    ]);
  });

  it.each(['PENDING', 'RUNNING'])('throws %s a second earlier, and does not cancel it', async (status) => {
    hasStatus(status);
    await pass(GIVEN_UP_AFTER_MS / 1_000 - 1);

    await expect(check(task)).rejects.toMatchObject({ name: status });
    expect(listOperations(aws)).toEqual(['DescribeExportTasks']);
  });

  it.each([
    ['AccessDeniedException', 'User is not authorized.'],
    ['InvalidOperationException', 'The specified export task has already finished'],
    ['ThrottlingException', 'Rate exceeded'],
  ])('throws ExportTaskGivenUp when CancelExportTask fails with %s', async (name, message) => {
    hasStatus('RUNNING');
    aws.faults.injectNext('CancelExportTask', refuses(name, message));
    await pass(GIVEN_UP_AFTER_MS / 1_000);

    await expect(check(task)).rejects.toMatchObject({
      name: 'ExportTaskGivenUp',
      message: `${SUBJECT()} is RUNNING, 23.5 hours after it was created; it could not be cancelled: ${name}: ${message}`,
    });
  });

  it('throws PENDING_CANCEL, by which it is polled, and ExportTaskGivenUp when it is CANCELLED', async () => {
    hasStatus('PENDING_CANCEL');
    await pass(GIVEN_UP_AFTER_MS / 1_000);

    await expect(check(task)).rejects.toMatchObject({ name: 'PENDING_CANCEL' });
    hasStatus('CANCELLED');
    await expect(check(task)).rejects.toMatchObject({ name: 'ExportTaskGivenUp' });
    expect(listOperations(aws)).toEqual(['DescribeExportTasks', 'DescribeExportTasks']);
  });
});

describe('with a task that AWS does not return', () => {
  const notFound = (taskId: string) => ({
    name: 'ExportTaskNotFound',
    message: `CloudWatch Logs has no export task ${taskId} of log group /app/web`,
  });

  it('throws ExportTaskNotFound although another task is COMPLETED', async () => {
    await pass(23);

    await expect(check({ ...task, taskId: 'no-such-task' })).rejects.toMatchObject(notFound('no-such-task'));
    expect(aws.requestHandler.calls.map(({ input }) => input)).toEqual([{ taskId: 'no-such-task' }]);
  });

  const COMPLETED = { code: 'COMPLETED', message: 'Completed successfully' };

  it.each([
    ['the response has no list', {}],
    ['the list is empty', { exportTasks: [] }],
    ['the response has another task', { exportTasks: [{ taskId: 'another', status: COMPLETED }] }],
    ['the response has a task without an id', { exportTasks: [{ status: COMPLETED }] }],
  ])('throws ExportTaskNotFound when %s', async (_, body) => {
    aws.faults.injectNext('DescribeExportTasks', answers(200, body));

    await expect(check(task)).rejects.toMatchObject(notFound(task.taskId));
  });

  it.each([
    ['no status', {}],
    ['a status without a code', { status: { message: 'Hm' } }],
  ])('throws ExportTaskNotFound when the task has %s', async (_, statusPart) => {
    aws.faults.injectNext(
      'DescribeExportTasks',
      answers(200, { exportTasks: [{ taskId: task.taskId, ...statusPart }] }),
    );

    await expect(check(task)).rejects.toMatchObject(notFound(task.taskId));
  });

  it('finds the task after another one', async () => {
    const exportTasks = [
      { taskId: 'another', status: { code: 'FAILED' } },
      {
        taskId: task.taskId,
        status: COMPLETED,
        executionInfo: { creationTime: CREATED, completionTime: CREATED + 23_000 },
      },
    ];
    aws.faults.injectNext('DescribeExportTasks', answers(200, { exportTasks }));

    expect(await check(task)).toEqual({ ...task, ...END });
  });
});

describe('with a task without an id', () => {
  it.each([
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['a number', 7, '7'],
    ['an array', ['task-1'], '["task-1"]'],
  ])('rejects an id that is %s and does not call AWS', async (_, taskId, got) => {
    await pass(23);

    await expect(check({ ...task, taskId: taskId as string })).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
      message: `taskId must be a non-empty string, got ${got}`,
    });
    expect(aws.requestHandler.calls).toEqual([]);
  });

  it('rejects a missing id and does not call AWS', async () => {
    const { taskId: _, ...withoutId } = task;

    await expect(check(withoutId as ExportTask)).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
      message: 'taskId must be a non-empty string, got undefined',
    });
    expect(aws.requestHandler.calls).toEqual([]);
  });
});

it.each([
  ['AccessDeniedException', 'User is not authorized to perform this operation.'],
  ['InvalidParameterException', 'The specified taskId has an invalid format.'],
  ['ThrottlingException', 'Rate exceeded'],
])('rethrows %s', async (name, message) => {
  aws.faults.injectNext('DescribeExportTasks', refuses(name, message));

  await expect(check(task)).rejects.toMatchObject({ name, message });
});
