import { cutSocket, type LocalAws } from '@log-archiver/local-aws';
import { findCompletedTask } from '../src/completed-task';
import { createClients, listTask, OCTOBER_REQUEST, octoberRequest, startOctoberAws, TO } from './october-request';

let aws: LocalAws;
beforeEach(() => {
  aws = startOctoberAws();
});

const find = (request = OCTOBER_REQUEST) => findCompletedTask(request, createClients(aws));

it('returns the task of the item, with the times of CloudWatch Logs instead of those of the payload', async () => {
  listTask(aws, OCTOBER_REQUEST);

  expect(await find(octoberRequest({}, { createdAt: 1, completedAt: 2 }))).toEqual(OCTOBER_REQUEST.task);
});

it.each<[string, object, string]>([
  [
    'name',
    { taskName: 'another' },
    `taskName of export task task-1 must be "${OCTOBER_REQUEST.item.taskName}", got "another"`,
  ],
  ['log group', { logGroupName: '/app/api' }, 'logGroupName of export task task-1 must be "/app/web", got "/app/api"'],
  ['start', { from: 1 }, `from of export task task-1 must be ${OCTOBER_REQUEST.item.from}, got 1`],
  ['end', { to: TO }, `to of export task task-1 must be ${TO + 1}, got ${TO}`],
  ['bucket', { destination: 'mine' }, 'destination of export task task-1 must be "archive", got "mine"'],
  ['prefix', { destinationPrefix: 'x' }, 'destinationPrefix of export task task-1 must be "logs/2026/10/web", got "x"'],
  ['status', { status: { code: 'RUNNING' } }, 'status of export task task-1 must be "COMPLETED", got "RUNNING"'],
])('throws ExportTaskMismatch for a task with another %s', async (_, changes, message) => {
  listTask(aws, OCTOBER_REQUEST, changes);

  await expect(find()).rejects.toMatchObject({ name: 'ExportTaskMismatch', message });
});

it('throws ExportTaskNotFound for an unknown task', async () => {
  await expect(find()).rejects.toMatchObject({
    name: 'ExportTaskNotFound',
    message: 'CloudWatch Logs has no export task task-1 of log group /app/web',
  });
});

it('takes the current time if CloudWatch Logs does not say when the task was completed', async () => {
  listTask(aws, OCTOBER_REQUEST, { executionInfo: { creationTime: 1 } });

  expect(await find()).toMatchObject({ createdAt: 1, completedAt: aws.clock.now() });
});

it('throws if CloudWatch Logs does not say when the task was created', async () => {
  listTask(aws, OCTOBER_REQUEST, { executionInfo: { completionTime: 1 } });

  await expect(find()).rejects.toThrow('CloudWatch Logs returned no creation time for export task task-1');
});

it('retries in place', async () => {
  listTask(aws, OCTOBER_REQUEST);
  aws.faults.injectNext('DescribeExportTasks', cutSocket);

  expect(await find()).toEqual(OCTOBER_REQUEST.task);
});
