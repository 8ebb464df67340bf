import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listOperations, readJson } from '@log-archiver/aws-clients/testing';
import { throttled } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { FOLDER, OCTOBER_REQUEST, octoberRequest, RECEIPT_KEY, startOctoberAws } from './october-request';

describe('createHandler', () => {
  it('calls AWS on the given transport and clock', async () => {
    const aws = startOctoberAws();
    const now = () => Date.parse('2026-11-02T04:00:00.000Z');

    expect(await createHandler({ requestHandler: aws.requestHandler, now })(OCTOBER_REQUEST)).toMatchObject({
      isDone: true,
    });
    expect(listOperations(aws)).toEqual(['ListObjectsV2', 'FilterLogEvents', 'PutObject']);
    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ finishedAt: '2026-11-02T04:00:00.000Z' });
  });

  it('uses the system clock by default', async () => {
    const aws = startOctoberAws();
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-02T05:00:00.000Z'));
    try {
      await createHandler({ requestHandler: aws.requestHandler })(OCTOBER_REQUEST);
    } finally {
      jest.restoreAllMocks();
    }
    expect(readJson(aws, RECEIPT_KEY)).toMatchObject({ finishedAt: '2026-11-02T05:00:00.000Z' });
  });

  it.each([
    ['ListObjectsV2', 'SlowDown'],
    ['FilterLogEvents', 'ThrottlingException'],
    ['PutObject', 'SlowDown'],
  ])('does not retry when %s fails with %s', async (operation, name) => {
    const aws = startOctoberAws();
    aws.faults.injectNext(operation, throttled);

    await expect(createHandler({ requestHandler: aws.requestHandler })(OCTOBER_REQUEST)).rejects.toMatchObject({
      name,
    });
    expect(listOperations(aws).at(-1)).toBe(operation);
    expect(aws.buckets.listObjects('archive', FOLDER)).toEqual([]);
  });
});

it('rejects a task without an id before it calls AWS', async () => {
  await expect(handler(octoberRequest({}, { taskId: '' }))).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: 'taskId must be a non-empty string, got ""',
  });
});

it('has at most 20 lines of source', () => {
  const lines = readFileSync(join(__dirname, '..', 'src', 'handler.ts'), 'utf8')
    .trimEnd()
    .split('\n');

  expect(lines.length).toBeLessThanOrEqual(20);
});
