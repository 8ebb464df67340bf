import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { throttled } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { FOLDER, OCTOBER_REQUEST, octoberRequest, RECEIPT_KEY } from './october-request';
import { operations, readObject, startLocalAws } from './start-local-aws';

describe('createHandler', () => {
  it('makes a handler whose clients all call what it is given, on the clock that it is given', async () => {
    const aws = startLocalAws();
    const now = () => Date.parse('2026-11-02T04:00:00.000Z');

    expect(await createHandler({ requestHandler: aws.requestHandler, now })(OCTOBER_REQUEST)).toMatchObject({
      isDone: true,
    });
    expect(operations(aws)).toEqual(['ListObjectsV2', 'FilterLogEvents', 'PutObject']);
    expect(readObject(aws, RECEIPT_KEY)).toMatchObject({ finishedAt: '2026-11-02T04:00:00.000Z' });
  });

  it('makes a handler on the clock of the system when none is given', async () => {
    const aws = startLocalAws();
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-02T05:00:00.000Z'));
    try {
      await createHandler({ requestHandler: aws.requestHandler })(OCTOBER_REQUEST);
    } finally {
      jest.restoreAllMocks();
    }
    expect(readObject(aws, RECEIPT_KEY)).toMatchObject({ finishedAt: '2026-11-02T05:00:00.000Z' });
  });

  it.each([
    ['ListObjectsV2', 'SlowDown'],
    ['FilterLogEvents', 'ThrottlingException'],
    ['PutObject', 'SlowDown'],
  ])('makes a handler whose clients do not retry a %s that answers %s', async (operation, name) => {
    const aws = startLocalAws();
    aws.faults.arrange(operation, throttled);

    await expect(createHandler({ requestHandler: aws.requestHandler })(OCTOBER_REQUEST)).rejects.toMatchObject({
      name,
    });
    expect(operations(aws).at(-1)).toBe(operation);
    expect(aws.files.listObjects('archive', FOLDER)).toEqual([]);
  });
});

it('handler refuses a task without an id before it needs the network', async () => {
  await expect(handler(octoberRequest({}, { taskId: '' }))).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: 'taskId must be the id of an export task, got ""',
  });
});

it('handler.ts has at most 20 lines', () => {
  const lines = readFileSync(join(__dirname, '..', 'src', 'handler.ts'), 'utf8')
    .trimEnd()
    .split('\n');

  expect(lines.length).toBeLessThanOrEqual(20);
});
