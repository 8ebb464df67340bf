import { CloudWatchLogsClient, type ExportTask, type ExportTaskStatusCode } from '@aws-sdk/client-cloudwatch-logs';
import { findHolder, findOurs, newestExportTasks } from '../src/export-tasks';
import { startLocalAws } from './start-local-aws';

function task(taskId: string, code: ExportTaskStatusCode, taskName?: string): ExportTask {
  return { taskId, taskName, status: { code } };
}

describe('newestExportTasks', () => {
  it('asks for one page of all tasks, newest first', async () => {
    const aws = startLocalAws();
    const other = { logGroupName: '/app/other', from: 0, to: 1, destination: 'archive' };
    const taskIds: string[] = [];
    for (let count = 0; count < 51; count += 1) {
      taskIds.unshift(aws.logs.exportTasks.create(other).taskId);
      await aws.clock.moveTo(aws.clock.now() + 60_000);
    }

    const tasks = await newestExportTasks(new CloudWatchLogsClient(aws.clientConfig));

    expect(tasks.map(({ taskId }) => taskId)).toEqual(taskIds.slice(0, 50));
    expect(aws.requestHandler.calls.map(({ operation, input }) => [operation, input])).toEqual([
      ['DescribeExportTasks', {}],
    ]);
  });
});

describe('findOurs', () => {
  it.each<ExportTaskStatusCode>(['PENDING', 'RUNNING', 'COMPLETED'])('finds a task that is %s', (code) => {
    expect(findOurs([task('1', code, 'another'), task('2', code, 'ours')], 'ours', null)).toEqual(
      task('2', code, 'ours'),
    );
  });

  it.each<ExportTaskStatusCode>(['PENDING_CANCEL', 'FAILED', 'CANCELLED'])('finds no task that is %s', (code) => {
    expect(findOurs([task('1', code, 'ours')], 'ours', null)).toBeUndefined();
  });

  it('finds the one that completed behind one that failed later', () => {
    expect(findOurs([task('2', 'FAILED', 'ours'), task('1', 'COMPLETED', 'ours')], 'ours', null)?.taskId).toBe('1');
  });

  it('finds neither a task without a name nor one without a status', () => {
    expect(findOurs([task('1', 'COMPLETED'), { taskId: '2', taskName: 'ours' }], 'ours', null)).toBeUndefined();
  });
});

describe('findOurs, of tasks after an instant', () => {
  const NOW = Date.parse('2026-11-02T03:00:05.000Z');
  const created = (creationTime?: number) => ({ ...task('1', 'COMPLETED', 'ours'), executionInfo: { creationTime } });

  it.each([
    ['at that instant', NOW],
    ['later', NOW + 1],
  ])('finds one that was created %s', (_, creationTime) => {
    expect(findOurs([created(creationTime)], 'ours', NOW)?.taskId).toBe('1');
  });

  it.each([
    ['earlier', NOW - 1],
    ['nobody knows when', undefined],
  ])('finds none that was created %s', (_, creationTime) => {
    expect(findOurs([created(creationTime)], 'ours', NOW)).toBeUndefined();
  });
});

describe('findHolder', () => {
  it.each<ExportTaskStatusCode>(['PENDING', 'RUNNING', 'PENDING_CANCEL'])('finds a task that is %s', (code) => {
    expect(findHolder([task('1', 'COMPLETED'), task('2', code)])).toEqual(task('2', code));
  });

  it.each<ExportTaskStatusCode>(['COMPLETED', 'FAILED', 'CANCELLED'])('finds no task that is %s', (code) => {
    expect(findHolder([task('1', code), { taskId: '2' }])).toBeUndefined();
  });
});
