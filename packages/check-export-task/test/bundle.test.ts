import { join } from 'node:path';
import type * as Handler from '../src/handler';
import { startExport, startLocalAws } from './start-local-aws';

const bundle: typeof Handler = require(join(__dirname, '..', 'dist', 'index.js'));

it('the bundle fails with the status as the name until the task is COMPLETED', async () => {
  const aws = startLocalAws();
  const task = startExport(aws);
  const handle = bundle.createHandler({ requestHandler: aws.requestHandler });

  await expect(handle(task)).rejects.toMatchObject({ name: 'PENDING' });
  await aws.clock.moveTo('2026-11-02T03:00:08Z');
  await expect(handle(task)).rejects.toMatchObject({ name: 'RUNNING' });
  await aws.clock.moveTo('2026-11-02T03:00:28Z');
  expect(await handle(task)).toMatchObject({ ...task, status: 'COMPLETED' });
});

it('the bundle keeps the name ExportTaskGivenUp', async () => {
  const aws = startLocalAws();
  aws.logs.exportTasks.arrange('/app/web', { runningSeconds: 25 * 3_600 });
  const task = startExport(aws);
  await aws.clock.moveTo('2026-11-03T03:00:05Z');
  const handle = bundle.createHandler({ requestHandler: aws.requestHandler });

  await expect(handle(task)).rejects.toMatchObject({ name: 'ExportTaskGivenUp' });
});

it.each([
  ['ExportTaskNotFound', 'no-such-task'],
  ['InvalidArchiveRequest', ''],
])('the bundle keeps the name %s', async (name, taskId) => {
  const aws = startLocalAws();
  const handle = bundle.createHandler({ requestHandler: aws.requestHandler });

  await expect(handle({ ...startExport(aws), taskId })).rejects.toMatchObject({ name });
});
