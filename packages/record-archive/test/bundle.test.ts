import { statSync } from 'node:fs';
import { join } from 'node:path';
import type * as Handler from '../src/handler';
import { FOLDER, FROM, OCTOBER_REQUEST, octoberRequest, RECEIPT_KEY } from './october-request';
import { putEvents, readObject, startLocalAws } from './start-local-aws';

const path = join(__dirname, '..', 'dist', 'index.js');
const bundle: typeof Handler = require(path);

it('the bundle exports handler and createHandler, and nothing else', () => {
  expect(Object.entries(bundle).map(([name, value]) => [name, typeof value])).toEqual([
    ['createHandler', 'function'],
    ['handler', 'function'],
  ]);
});

it('the bundle has at most 360,000 bytes', () => {
  expect(statSync(path).size).toBeLessThanOrEqual(360_000);
});

it('the bundle writes the receipt, and reads one that is there', async () => {
  const aws = startLocalAws();
  aws.files.putObject('archive', `${FOLDER}stream/000000.gz`, 'four');
  const handle = bundle.createHandler({ requestHandler: aws.requestHandler, now: aws.clock.now });

  expect(await handle(OCTOBER_REQUEST)).toMatchObject({ isDone: true, leftover: null });
  expect(readObject(aws, RECEIPT_KEY)).toMatchObject({ tasks: [{ taskId: 'task-1', objects: 1, bytes: 4 }] });
  expect(await handle(octoberRequest({}, { taskId: 'task-2' }))).toMatchObject({
    leftover: "another run's receipt was there first: task-1",
  });
});

it.each([
  ['ArchiveEmpty', OCTOBER_REQUEST],
  ['InvalidArchiveRequest', octoberRequest({}, { taskId: '' })],
  ['NoSuchBucket', octoberRequest({}, { s3BucketName: 'gone' })],
])('the bundle keeps the name %s', async (name, request) => {
  const aws = startLocalAws();
  putEvents(aws, FROM + 25 * 24 * 3_600_000);
  const handle = bundle.createHandler({ requestHandler: aws.requestHandler, now: aws.clock.now });

  await expect(handle(request)).rejects.toMatchObject({ name });
});
