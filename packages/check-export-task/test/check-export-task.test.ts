import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { CompletedExportTask, ExportTask } from '@log-archiver/core';
import type { LocalAws } from '@log-archiver/local-aws';
import { answers, refuses } from '@log-archiver/local-aws';
import { checkExportTask } from '../src/check-export-task';
import { startExport, startLocalAws } from './start-local-aws';

let aws: LocalAws;
let task: ExportTask;
beforeEach(() => {
  aws = startLocalAws();
  task = startExport(aws);
});

function check(asked: ExportTask): Promise<CompletedExportTask> {
  return checkExportTask(asked, new CloudWatchLogsClient(aws.clientConfig), aws.clock.now);
}

const CREATED = Date.parse('2026-11-02T03:00:05.000Z');
const END = { status: 'COMPLETED', createdAt: CREATED, completedAt: CREATED + 23_000 };

/** Lets seconds of the account's time pass. */
function pass(seconds: number): Promise<void> {
  return aws.clock.moveTo(aws.clock.now() + seconds * 1_000);
}

describe('a task that is COMPLETED', () => {
  it('is answered as it was asked for, plus the status and when it was created and completed', async () => {
    await pass(600);

    expect(await check(task)).toEqual({ ...task, ...END });
  });

  it('ends now when AWS does not say when', async () => {
    const completed = { taskId: task.taskId, status: { code: 'COMPLETED' }, executionInfo: { creationTime: CREATED } };
    aws.faults.arrange('DescribeExportTasks', answers(200, { exportTasks: [completed] }));
    await pass(100);

    expect(await check(task)).toEqual({ ...task, ...END, completedAt: CREATED + 100_000 });
  });

  it.each([
    ['', {}],
    [', but for its end', { executionInfo: { completionTime: CREATED } }],
  ])('is an error when AWS does not say when it was created%s', async (_, times) => {
    const completed = { taskId: task.taskId, status: { code: 'COMPLETED' }, ...times };
    aws.faults.arrange('DescribeExportTasks', answers(200, { exportTasks: [completed] }));

    await expect(check(task)).rejects.toMatchObject({
      name: 'Error',
      message: `CloudWatch Logs does not say when export task ${task.taskId} of log group /app/web was created`,
    });
  });

  it('is asked for by its id, and by nothing else', async () => {
    await pass(23);
    await check(task);

    expect(aws.requestHandler.calls).toEqual([
      { at: '2026-11-02T03:00:28.000Z', operation: 'DescribeExportTasks', input: { taskId: task.taskId } },
    ]);
  });

  it('does not make another one completed', async () => {
    await pass(23);
    const other = startExport(aws);

    await expect(check(other)).rejects.toMatchObject({ name: 'PENDING' });
    expect(await check(task)).toEqual({ ...task, ...END });
  });
});

describe('a task that is not COMPLETED', () => {
  it.each([
    ['PENDING', async () => {}],
    ['RUNNING', () => pass(3)],
    ['RUNNING', () => pass(22)],
    ['PENDING_CANCEL', async (taskId: string) => void aws.logs.exportTasks.cancel({ taskId })],
  ])('is the error %s', async (status, bringThere) => {
    await bringThere(task.taskId);

    await expect(check(task)).rejects.toMatchObject({
      name: status,
      message: `export task ${task.taskId} of log group /app/web is ${status}`,
    });
  });

  it('is the error CANCELLED', async () => {
    aws.logs.exportTasks.cancel(task);
    await pass(2);

    await expect(check(task)).rejects.toMatchObject({ name: 'CANCELLED' });
  });

  it('is the error FAILED', async () => {
    await pass(23);
    aws.logs.exportTasks.arrange('/app/web', { ends: 'FAILED' });
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
    ['A_STATUS_NOBODY_KNOWS', 'Hm', 'is A_STATUS_NOBODY_KNOWS: Hm'],
  ])('is the error %s with the message %p of AWS, if there is one', async (code, message, says) => {
    const status = { code, message };
    aws.faults.arrange('DescribeExportTasks', answers(200, { exportTasks: [{ taskId: task.taskId, status }] }));

    await expect(check(task)).rejects.toMatchObject({
      name: code,
      message: `export task ${task.taskId} of log group /app/web ${says}`,
    });
  });
});

describe('a task that FAILED', () => {
  const HALF_AN_HOUR_LESS_THAN_A_DAY = 23.5 * 3_600_000;

  function endsAfter(milliseconds?: number) {
    const completionTime = milliseconds === undefined ? undefined : CREATED + milliseconds;
    const failed = {
      taskId: task.taskId,
      status: { code: 'FAILED', message: 'Hm' },
      executionInfo: { creationTime: CREATED, completionTime },
    };
    aws.faults.arrange('DescribeExportTasks', answers(200, { exportTasks: [failed] }));
  }

  it('was given up when AWS ended it after 24 hours', async () => {
    aws.logs.exportTasks.cancel(task);
    await pass(2);
    aws.logs.exportTasks.arrange('/app/web', { runningSeconds: 25 * 3_600 });
    const endless = startExport(aws);
    await pass(30 * 3_600);

    await expect(check(endless)).rejects.toMatchObject({
      name: 'ExportTaskGivenUp',
      message:
        `export task ${endless.taskId} of log group /app/web is FAILED: Export task timed out, ` +
        '24.0 hours after it was created',
    });
  });

  it('was given up when that was 23.5 hours after it was created', async () => {
    endsAfter(HALF_AN_HOUR_LESS_THAN_A_DAY);

    await expect(check(task)).rejects.toMatchObject({
      name: 'ExportTaskGivenUp',
      message: `export task ${task.taskId} of log group /app/web is FAILED: Hm, 23.5 hours after it was created`,
    });
  });

  it('FAILED when that was earlier, however late it is asked for', async () => {
    endsAfter(HALF_AN_HOUR_LESS_THAN_A_DAY - 1);
    await pass(48 * 3_600);

    await expect(check(task)).rejects.toMatchObject({
      name: 'FAILED',
      message: `export task ${task.taskId} of log group /app/web is FAILED: Hm`,
    });
  });

  it.each([
    ['FAILED', HALF_AN_HOUR_LESS_THAN_A_DAY - 1_000],
    ['ExportTaskGivenUp', HALF_AN_HOUR_LESS_THAN_A_DAY],
  ])('is %s by the clock when AWS does not say when it ended', async (name, age) => {
    endsAfter(undefined);
    await pass(age / 1_000);

    await expect(check(task)).rejects.toMatchObject({ name });
  });

  it('FAILED when AWS does not say when it was created', async () => {
    const failed = { taskId: task.taskId, status: { code: 'FAILED' } };
    aws.faults.arrange('DescribeExportTasks', answers(200, { exportTasks: [failed] }));
    await pass(48 * 3_600);

    await expect(check(task)).rejects.toMatchObject({ name: 'FAILED' });
  });

  it('is CANCELLED after however many hours', async () => {
    await pass(10);
    aws.logs.exportTasks.cancel(task);
    await pass(48 * 3_600);

    await expect(check(task)).rejects.toMatchObject({ name: 'CANCELLED' });
  });
});

describe('a task that AWS does not show', () => {
  const notFound = (taskId: string) => ({
    name: 'ExportTaskNotFound',
    message: `CloudWatch Logs knows no export task ${taskId} of log group /app/web`,
  });

  it('is not found, although other tasks are COMPLETED', async () => {
    await pass(23);

    await expect(check({ ...task, taskId: 'no-such-task' })).rejects.toMatchObject(notFound('no-such-task'));
    expect(aws.requestHandler.calls.map(({ input }) => input)).toEqual([{ taskId: 'no-such-task' }]);
  });

  const COMPLETED = { code: 'COMPLETED', message: 'Completed successfully' };

  it.each([
    ['the answer has no list', {}],
    ['the list is empty', { exportTasks: [] }],
    ['the answer is about another task', { exportTasks: [{ taskId: 'another', status: COMPLETED }] }],
    ['the answer is about a task without an id', { exportTasks: [{ status: COMPLETED }] }],
  ])('is not found when %s', async (_, body) => {
    aws.faults.arrange('DescribeExportTasks', answers(200, body));

    await expect(check(task)).rejects.toMatchObject(notFound(task.taskId));
  });

  it.each([
    ['no status', {}],
    ['a status without a code', { status: { message: 'Hm' } }],
  ])('is not found when it has %s', async (_, statusPart) => {
    aws.faults.arrange('DescribeExportTasks', answers(200, { exportTasks: [{ taskId: task.taskId, ...statusPart }] }));

    await expect(check(task)).rejects.toMatchObject(notFound(task.taskId));
  });

  it('is found behind others', async () => {
    const exportTasks = [
      { taskId: 'another', status: { code: 'FAILED' } },
      {
        taskId: task.taskId,
        status: COMPLETED,
        executionInfo: { creationTime: CREATED, completionTime: CREATED + 23_000 },
      },
    ];
    aws.faults.arrange('DescribeExportTasks', answers(200, { exportTasks }));

    expect(await check(task)).toEqual({ ...task, ...END });
  });
});

describe('a task without an id', () => {
  it.each([
    ['undefined', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['a number', 7, '7'],
    ['a list', ['task-1'], '["task-1"]'],
  ])('is refused when the id is %s, and AWS is not called', async (_, taskId, got) => {
    await pass(23);

    await expect(check({ ...task, taskId: taskId as string })).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
      message: `taskId must be the id of an export task, got ${got}`,
    });
    expect(aws.requestHandler.calls).toEqual([]);
  });

  it('is refused when the field is missing, and AWS is not called', async () => {
    const { taskId: _, ...withoutId } = task;

    await expect(check(withoutId as ExportTask)).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
      message: 'taskId must be the id of an export task, got nothing',
    });
    expect(aws.requestHandler.calls).toEqual([]);
  });
});

it.each([
  ['AccessDeniedException', 'User is not authorized to perform this operation.'],
  ['InvalidParameterException', 'The specified taskId has an invalid format.'],
  ['ThrottlingException', 'Rate exceeded'],
])('%s of AWS stays what it is', async (name, message) => {
  aws.faults.arrange('DescribeExportTasks', refuses(name, message));

  await expect(check(task)).rejects.toMatchObject({ name, message });
});
