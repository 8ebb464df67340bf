import { statSync } from 'node:fs';
import { join } from 'node:path';
import type * as Handler from '../src/handler';
import { startExport, startLocalAws } from './start-local-aws';

const path = join(__dirname, '..', 'dist', 'index.js');
const bundle: typeof Handler = require(path);

it('the bundle exports handler and createHandler, and nothing else', () => {
  expect(Object.entries(bundle).map(([name, value]) => [name, typeof value])).toEqual([
    ['createHandler', 'function'],
    ['handler', 'function'],
  ]);
});

it('the bundle has at most 180,000 bytes', () => {
  expect(statSync(path).size).toBeLessThanOrEqual(180_000);
});

it('the bundle fails with the status as the name until the task is COMPLETED', async () => {
  const aws = startLocalAws();
  const task = startExport(aws);
  const handle = bundle.createHandler({ requestHandler: aws.requestHandler });

  await expect(handle(task)).rejects.toMatchObject({ name: 'PENDING' });
  await aws.clock.moveTo('2026-11-02T03:00:08Z');
  await expect(handle(task)).rejects.toMatchObject({ name: 'RUNNING' });
  await aws.clock.moveTo('2026-11-02T03:00:28Z');
  expect(await handle(task)).toEqual({ ...task, status: 'COMPLETED' });
});

it.each([
  ['ExportTaskNotFound', 'no-such-task'],
  ['InvalidArchiveRequest', ''],
])('the bundle keeps the name %s', async (name, taskId) => {
  const aws = startLocalAws();
  const handle = bundle.createHandler({ requestHandler: aws.requestHandler });

  await expect(handle({ ...startExport(aws), taskId })).rejects.toMatchObject({ name });
});
