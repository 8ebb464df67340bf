import { join } from 'node:path';
import { ENVIRONMENT, listOperations } from '@log-archiver/aws-clients/testing';
import type * as Handler from '../src/handler';
import { OCTOBER_REQUEST, octoberRequest, startTwoLogGroups, waitOn } from './october-request';

const bundle: typeof Handler = require(join(__dirname, '..', 'dist', 'index.js'));
const log = () => {};

it('creates an export task', async () => {
  const aws = startTwoLogGroups();

  const task = await bundle.createHandler({
    ...waitOn(aws),
    environment: ENVIRONMENT,
    log,
  })(OCTOBER_REQUEST);

  expect(task.taskId).toBe(aws.logs.exportTasks.describe({}).exportTasks[0]?.taskId);
  expect(listOperations(aws)).toEqual(['DescribeExportTasks', 'CreateExportTask']);
});

it.each([
  ['InvalidArchiveRequest', octoberRequest({ from: 1_790_780_400 })],
  ['LogGroupNotFound', octoberRequest({ logGroupName: '/app/gone' })],
])('keeps the error name %s', async (name, request) => {
  const aws = startTwoLogGroups();
  const handle = bundle.createHandler({
    ...waitOn(aws),
    environment: ENVIRONMENT,
    log,
  });

  await expect(handle(request)).rejects.toMatchObject({ name });
});

it.each([
  ['ExportSlotBusy', '2026-11-02T03:00:05.000Z'],
  ['ExportSlotUnavailable', '2026-11-04T03:00:01.000Z'],
])('keeps the error name %s', async (name, now) => {
  const aws = startTwoLogGroups(now);
  aws.logs.exportTasks.script('/app/other', { runningSeconds: 60 });
  aws.logs.exportTasks.create({ logGroupName: '/app/other', from: 0, to: 1, destination: 'archive' });
  const handle = bundle.createHandler({
    ...waitOn(aws),
    environment: ENVIRONMENT,
    log,
  });

  await expect(handle(OCTOBER_REQUEST)).rejects.toMatchObject({ name });
});
