import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT, readJson } from '@log-archiver/aws-clients/testing';
import { DAY_MS } from '@log-archiver/core';
import { refuses } from '@log-archiver/local-aws';
import type * as Handler from '../src/handler';
import {
  FOLDER,
  FROM,
  INFREQUENT_ACCESS,
  listTask,
  OCTOBER_REQUEST,
  octoberRequest,
  PAST_DELAY,
  putEvents,
  RECEIPT_KEY,
  startOctoberAws,
} from './october-request';

const path = join(__dirname, '..', 'dist', 'index.js');
const bundle: typeof Handler = require(path);
const log = () => {};

it('exports only handler and createHandler', () => {
  expect(Object.entries(bundle).map(([name, value]) => [name, typeof value])).toEqual([
    ['createHandler', 'function'],
    ['handler', 'function'],
  ]);
});

it('has at most 395,000 bytes', () => {
  expect(statSync(path).size).toBeLessThanOrEqual(395_000);
});

it('writes the receipt, and reads an existing one', async () => {
  const aws = startOctoberAws();
  aws.buckets.putObject('archive', `${FOLDER}stream/000000.gz`, 'four');
  const handle = bundle.createHandler({
    requestHandler: aws.requestHandler,
    environment: ENVIRONMENT,
    now: aws.clock.now,
    log,
  });

  const second = octoberRequest({}, { taskId: 'task-2' });
  listTask(aws, OCTOBER_REQUEST);
  listTask(aws, second);
  expect(await handle(OCTOBER_REQUEST)).toMatchObject({ status: 'ARCHIVED', leftover: null });
  expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ tasks: [{ taskId: 'task-1', objects: 1, bytes: 4 }] });
  expect(await handle(second)).toMatchObject({
    leftover: 'another run wrote the receipt first: task-1',
  });
});

it.each([
  ['ArchiveEmpty', OCTOBER_REQUEST],
  ['EvidenceRefused', octoberRequest(INFREQUENT_ACCESS)],
  ['ExportTaskMismatch', octoberRequest({ logGroupName: '/app/gone' })],
  ['InvalidArchiveRequest', octoberRequest({}, { taskId: '' })],
  ['ExportTaskNotFound', octoberRequest({}, { taskId: 'unknown' })],
])('keeps the error name %s', async (name, request) => {
  const aws = startOctoberAws();
  putEvents(aws, FROM + 25 * DAY_MS);
  aws.faults.injectNext('StartQuery', refuses('AccessDeniedException', 'No.'));
  const handle = bundle.createHandler({
    requestHandler: aws.requestHandler,
    environment: ENVIRONMENT,
    now: aws.clock.now,
    log,
  });

  listTask(aws, OCTOBER_REQUEST);
  await expect(handle(request)).rejects.toMatchObject({ name });
});

it('keeps the error name ArchivePartial', async () => {
  const aws = startOctoberAws();
  aws.buckets.putObject('archive', `${FOLDER}other/000000.gz`, 'four');
  putEvents(aws, FROM + 25 * DAY_MS);
  const handle = bundle.createHandler({
    requestHandler: aws.requestHandler,
    environment: ENVIRONMENT,
    now: aws.clock.now,
    log,
  });

  listTask(aws, octoberRequest({}, PAST_DELAY));
  await expect(handle(octoberRequest({}, PAST_DELAY))).rejects.toMatchObject({ name: 'ArchivePartial' });
});
