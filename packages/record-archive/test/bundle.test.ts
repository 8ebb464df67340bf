import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '@log-archiver/aws-clients/testing';
import { DAY_MS } from '@log-archiver/core';
import type * as Handler from '../src/handler';
import {
  FOLDER,
  FROM,
  OCTOBER_REQUEST,
  octoberRequest,
  putEvents,
  RECEIPT_KEY,
  startOctoberAws,
} from './october-request';

const path = join(__dirname, '..', 'dist', 'index.js');
const bundle: typeof Handler = require(path);

it('exports only handler and createHandler', () => {
  expect(Object.entries(bundle).map(([name, value]) => [name, typeof value])).toEqual([
    ['createHandler', 'function'],
    ['handler', 'function'],
  ]);
});

it('has at most 360,000 bytes', () => {
  expect(statSync(path).size).toBeLessThanOrEqual(360_000);
});

it('writes the receipt, and reads an existing one', async () => {
  const aws = startOctoberAws();
  aws.buckets.putObject('archive', `${FOLDER}stream/000000.gz`, 'four');
  const handle = bundle.createHandler({ requestHandler: aws.requestHandler, now: aws.clock.now });

  expect(await handle(OCTOBER_REQUEST)).toMatchObject({ isDone: true, leftover: null });
  expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ tasks: [{ taskId: 'task-1', objects: 1, bytes: 4 }] });
  expect(await handle(octoberRequest({}, { taskId: 'task-2' }))).toMatchObject({
    leftover: 'another run wrote the receipt first: task-1',
  });
});

it.each([
  ['ArchiveEmpty', OCTOBER_REQUEST],
  ['InvalidArchiveRequest', octoberRequest({}, { taskId: '' })],
  ['NoSuchBucket', octoberRequest({}, { s3BucketName: 'gone' })],
])('keeps the error name %s', async (name, request) => {
  const aws = startOctoberAws();
  putEvents(aws, FROM + 25 * DAY_MS);
  const handle = bundle.createHandler({ requestHandler: aws.requestHandler, now: aws.clock.now });

  await expect(handle(request)).rejects.toMatchObject({ name });
});
