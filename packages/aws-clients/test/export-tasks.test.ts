import type { CloudWatchLogsClient, ExportTaskStatusCode } from '@aws-sdk/client-cloudwatch-logs';
import { answers } from '@log-archiver/local-aws';
import { type Clients, createClients } from '../src/create-clients';
import {
  cancelExportTask,
  type ExportTask,
  type ExportTaskIdentity,
  findAdoptable,
  findExportTasksSince,
  findHolder,
  findMismatch,
  identifyExportTask,
  isActive,
  listNewestExportTasks,
} from '../src/export-tasks';
import { OCTOBER_ITEM, startLocalAws } from '../src/testing';

function task(taskId: string, code: ExportTaskStatusCode): ExportTask {
  return { taskId, status: { code } };
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

describe('identifyExportTask', () => {
  it('describes the task of an item, which includes the millisecond after it', () => {
    expect(identifyExportTask(OCTOBER_ITEM, 'archive')).toEqual({
      ...{ taskName: OCTOBER_ITEM.taskName, logGroupName: '/app/web', destination: 'archive' },
      ...{ destinationPrefix: '2026/10/app/web', from: OCTOBER_ITEM.from, to: OCTOBER_ITEM.to + 1 },
    });
  });
});

describe('findAdoptable', () => {
  const IDENTITY = identifyExportTask(OCTOBER_ITEM, 'archive');
  const ADOPT_AFTER = Date.parse('2026-11-02T03:00:05.000Z');
  const created = (creationTime?: number, changes: Partial<ExportTask> = {}): ExportTask => ({
    ...{ ...IDENTITY, taskId: '1', status: { code: 'COMPLETED' }, executionInfo: { creationTime } },
    ...changes,
  });
  const find = (...tasks: ExportTask[]) => findAdoptable(tasks, IDENTITY, ADOPT_AFTER)?.taskId;

  it.each<ExportTaskStatusCode>(['PENDING', 'RUNNING', 'COMPLETED'])('finds a task with status %s', (code) => {
    expect(find(created(ADOPT_AFTER, { status: { code } }))).toBe('1');
  });

  it.each<ExportTaskStatusCode>(['PENDING_CANCEL', 'FAILED', 'CANCELLED'])('ignores a task with status %s', (code) => {
    expect(find(created(ADOPT_AFTER, { status: { code } }))).toBeUndefined();
  });

  it('ignores a task without a status', () => {
    expect(find(created(ADOPT_AFTER, { status: undefined }))).toBeUndefined();
  });

  it.each([
    ['before adoptAfter', ADOPT_AFTER - 1],
    ['at an unknown time', undefined],
  ])('ignores a task created %s', (_, creationTime) => {
    expect(find(created(creationTime))).toBeUndefined();
  });

  it('finds a task that was created at any time without adoptAfter', () => {
    expect(findAdoptable([created(undefined)], IDENTITY, null)?.taskId).toBe('1');
  });

  it('finds of several tasks the one that was created first, wherever it is listed', () => {
    const copy = created(ADOPT_AFTER + 2, { taskId: 'copy' });
    const first = created(ADOPT_AFTER + 1, { taskId: 'first' });
    const failed = created(ADOPT_AFTER, { taskId: 'failed', status: { code: 'FAILED' } });

    expect([find(copy, first, failed), find(failed, first, copy)]).toEqual(['first', 'first']);
  });

  it.each<keyof ExportTaskIdentity>(['taskName', 'logGroupName', 'from', 'to', 'destination', 'destinationPrefix'])(
    'ignores a task with another %s, or with none',
    (field) => {
      const other = typeof IDENTITY[field] === 'number' ? Number(IDENTITY[field]) - 1 : `${IDENTITY[field]}0`;

      expect(find(created(ADOPT_AFTER, { [field]: other }))).toBeUndefined();
      expect(find(created(ADOPT_AFTER, { [field]: undefined }))).toBeUndefined();
    },
  );
});

describe('findMismatch', () => {
  it('returns the first field that differs', () => {
    const identity = identifyExportTask(OCTOBER_ITEM, 'archive');

    expect(findMismatch({ ...identity, logGroupName: '/app/api', to: 0 }, identity)).toBe('logGroupName');
    expect(findMismatch(identity, identity)).toBeUndefined();
  });
});
