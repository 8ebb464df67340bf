import type { CloudWatchLogsClient, ExportTaskStatusCode } from '@aws-sdk/client-cloudwatch-logs';
import { answers } from '@log-archiver/local-aws';
import { type Clients, createClients } from '../src/create-clients';
import {
  cancelExportTask,
  type ExportTask,
  findByName,
  findExportTasksSince,
  findHolder,
  isActive,
  listNewestExportTasks,
} from '../src/export-tasks';
import { startLocalAws } from '../src/testing';

function task(taskId: string, code: ExportTaskStatusCode, taskName?: string): ExportTask {
  return { taskId, taskName, status: { code } };
}

describe('cancelExportTask', () => {
  it('requests the end of the task', async () => {
    const aws = startLocalAws();
    aws.faults.injectNext('CancelExportTask', answers(200, {}));

    await cancelExportTask(createClients({ requestHandler: aws.requestHandler }), 'task-1');
    expect(aws.requestHandler.calls.map(({ operation, input }) => [operation, input])).toEqual([
      ['CancelExportTask', { taskId: 'task-1' }],
    ]);
  });
});

describe('listNewestExportTasks', () => {
  it('requests one page of all tasks, newest first', async () => {
    const aws = startLocalAws();
    const input = { logGroupName: '/app/web', from: 0, to: 1, destination: 'archive' };
    const taskIds: string[] = [];
    for (let count = 0; count < 51; count += 1) {
      taskIds.unshift(aws.logs.exportTasks.create(input).taskId);
      await aws.clock.moveTo(aws.clock.now() + 60_000);
    }

    const tasks = await listNewestExportTasks(createClients({ requestHandler: aws.requestHandler }));

    expect(tasks.map(({ taskId }) => taskId)).toEqual(taskIds.slice(0, 50));
    expect(aws.requestHandler.calls.map(({ operation, input }) => [operation, input])).toEqual([
      ['DescribeExportTasks', {}],
    ]);
  });
});

describe('findExportTasksSince', () => {
  /** Returns a client of 120 tasks, one created at each millisecond from 1 to 120, on pages of 50. */
  function createClient(): Clients {
    const send = async ({ input: { nextToken } }: { input: { nextToken?: string } }) => {
      const newest = Number(nextToken ?? 120);
      const exportTasks = Array.from({ length: Math.min(50, newest) }, (_, index) => ({
        executionInfo: { creationTime: newest - index },
      }));
      return { exportTasks, nextToken: newest > 50 ? String(newest - 50) : undefined };
    };
    return { logs: { send } as unknown as CloudWatchLogsClient } as Clients;
  }

  it.each([
    [500, 50],
    [72, 50],
    [71, 100],
    [22, 100],
    [21, 120],
    [0, 120],
  ])('back to %p, returns %p tasks', async (instant, expected) => {
    const tasks = await findExportTasksSince(instant, createClient());

    expect(tasks.map(({ executionInfo }) => executionInfo?.creationTime)).toEqual(
      Array.from({ length: expected }, (_, index) => 120 - index),
    );
  });
});

describe('isActive', () => {
  it.each([
    ['PENDING', true],
    ['RUNNING', true],
    ['PENDING_CANCEL', true],
    ['COMPLETED', false],
    ['FAILED', false],
    ['CANCELLED', false],
  ])('returns for a task with status %s: %p', (code, expected) => {
    expect(isActive({ status: { code } } as ExportTask)).toBe(expected);
  });
});

describe('findHolder', () => {
  it.each<ExportTaskStatusCode>(['PENDING', 'RUNNING', 'PENDING_CANCEL'])('finds a task with status %s', (code) => {
    expect(findHolder([task('1', 'COMPLETED'), task('2', code)])).toEqual(task('2', code));
  });

  it.each<ExportTaskStatusCode>(['COMPLETED', 'FAILED', 'CANCELLED'])('ignores a task with status %s', (code) => {
    expect(findHolder([task('1', code), { taskId: '2' }])).toBeUndefined();
  });
});

describe('findByName', () => {
  it.each<ExportTaskStatusCode>(['PENDING', 'RUNNING', 'COMPLETED'])('finds a task with status %s', (code) => {
    expect(findByName([task('1', code, 'another'), task('2', code, 'ours')], 'ours', null)).toEqual(
      task('2', code, 'ours'),
    );
  });

  it.each<ExportTaskStatusCode>(['PENDING_CANCEL', 'FAILED', 'CANCELLED'])('ignores a task with status %s', (code) => {
    expect(findByName([task('1', code, 'ours')], 'ours', null)).toBeUndefined();
  });

  it('finds a completed task when a newer one failed', () => {
    expect(findByName([task('2', 'FAILED', 'ours'), task('1', 'COMPLETED', 'ours')], 'ours', null)?.taskId).toBe('1');
  });

  it('ignores a task without a name and a task without a status', () => {
    expect(findByName([task('1', 'COMPLETED'), { taskId: '2', taskName: 'ours' }], 'ours', null)).toBeUndefined();
  });

  const ADOPT_AFTER = Date.parse('2026-11-02T03:00:05.000Z');
  const created = (creationTime?: number) => ({ ...task('1', 'COMPLETED', 'ours'), executionInfo: { creationTime } });

  it.each([
    ['at adoptAfter', ADOPT_AFTER],
    ['after adoptAfter', ADOPT_AFTER + 1],
  ])('finds a task created %s', (_, creationTime) => {
    expect(findByName([created(creationTime)], 'ours', ADOPT_AFTER)?.taskId).toBe('1');
  });

  it.each([
    ['before adoptAfter', ADOPT_AFTER - 1],
    ['at an unknown time', undefined],
  ])('ignores a task created %s', (_, creationTime) => {
    expect(findByName([created(creationTime)], 'ours', ADOPT_AFTER)).toBeUndefined();
  });
});
