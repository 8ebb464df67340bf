import { join } from 'node:path';
import { ENVIRONMENT, startLocalAws } from '@log-archiver/aws-clients/testing';
import type * as Handler from '../src/handler';
import { startExport, waitOn } from './start-export';

const bundle: typeof Handler = require(join(__dirname, '..', 'dist', 'index.js'));
const log = () => {};

it('throws the status as the error name until the task is COMPLETED', async () => {
  const aws = startLocalAws();
  aws.logs.exportTasks.script('/app/web', { pendingSeconds: 60, runningSeconds: 60 });
  const task = startExport(aws);
  const handle = bundle.createHandler({
    ...waitOn(aws),
    environment: ENVIRONMENT,
    log,
  });

  await expect(handle(task)).rejects.toMatchObject({ name: 'PENDING' });
  await expect(handle(task)).rejects.toMatchObject({ name: 'RUNNING' });
  expect(await handle(task)).toMatchObject({ ...task, status: 'COMPLETED' });
});

it('keeps the error name ExportTaskGivenUp', async () => {
  const aws = startLocalAws();
  aws.logs.exportTasks.script('/app/web', { runningSeconds: 25 * 3_600 });
  const task = startExport(aws);
  await aws.clock.moveTo('2026-11-03T03:00:05Z');
  const handle = bundle.createHandler({
    ...waitOn(aws),
    environment: ENVIRONMENT,
    log,
  });

  await expect(handle(task)).rejects.toMatchObject({ name: 'ExportTaskGivenUp' });
});

it.each([
  ['ExportTaskNotFound', 'no-such-task'],
  ['InvalidArchiveRequest', ''],
])('keeps the error name %s', async (name, taskId) => {
  const aws = startLocalAws();
  const handle = bundle.createHandler({
    ...waitOn(aws),
    environment: ENVIRONMENT,
    log,
  });

  await expect(handle({ ...startExport(aws), taskId })).rejects.toMatchObject({ name });
});

it('keeps the class name of an error, which Lambda logs', async () => {
  const aws = startLocalAws();
  const handle = bundle.createHandler({
    ...waitOn(aws),
    environment: ENVIRONMENT,
    log,
  });

  aws.logs.exportTasks.script('/app/web', { runningSeconds: 60 });
  const error = await handle(startExport(aws)).catch((thrown) => thrown);

  expect(error.constructor.name).toBe('ExportTaskNotCompleted');
});
