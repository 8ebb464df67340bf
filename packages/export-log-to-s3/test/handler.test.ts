import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '@log-archiver/local-aws';
import { refuses } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { OCTOBER_REQUEST, octoberRequest } from './october-request';
import { operations, startLocalAws } from './start-local-aws';

let aws: LocalAws;
beforeEach(() => {
  aws = startLocalAws();
});

describe('createHandler', () => {
  it('makes a handler that creates an export task with the client and the clock it is given', async () => {
    const task = await createHandler({ requestHandler: aws.requestHandler, now: aws.clock.now })(OCTOBER_REQUEST);

    expect(task.taskId).toBe(aws.logs.exportTasks.describe({}).exportTasks[0]?.taskId);
    expect(operations(aws)).toEqual(['DescribeExportTasks', 'CreateExportTask']);
  });

  it.each([
    ['DescribeExportTasks', 'ThrottlingException', ['DescribeExportTasks']],
    ['CreateExportTask', 'ThrottlingException', ['DescribeExportTasks', 'CreateExportTask']],
    ['CreateExportTask', 'ServiceUnavailableException', ['DescribeExportTasks', 'CreateExportTask']],
  ])('makes a handler whose client does not retry a %s that answers %s', async (operation, name, calls) => {
    aws.faults.arrange(operation, refuses(name, 'Try again later.'));
    const handle = createHandler({ requestHandler: aws.requestHandler, now: aws.clock.now });

    await expect(handle(OCTOBER_REQUEST)).rejects.toMatchObject({ name, message: 'Try again later.' });
    expect(operations(aws)).toEqual(calls);
  });

  it.each([
    ['ExportSlotBusy', -1],
    ['ExportSlotUnavailable', 0],
  ])('makes a handler that ends in %s by the clock that it is given, or by that of the system', async (name, late) => {
    aws.logs.exportTasks.create({ logGroupName: '/app/other', from: 0, to: 1, destination: 'archive' });
    const { requestHandler } = aws;
    const now = () => OCTOBER_REQUEST.item.slotDeadline + late;
    await expect(createHandler({ requestHandler, now })(OCTOBER_REQUEST)).rejects.toMatchObject({ name });

    jest.spyOn(Date, 'now').mockImplementation(now);
    try {
      await expect(createHandler({ requestHandler })(OCTOBER_REQUEST)).rejects.toMatchObject({ name });
    } finally {
      jest.restoreAllMocks();
    }
  });
});

it('handler refuses a request without a log group before it needs the network', async () => {
  await expect(handler(octoberRequest({ logGroupName: '' }))).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: 'logGroupName must be a text, got ""',
  });
});

it('handler.ts has at most 20 lines', () => {
  const lines = readFileSync(join(__dirname, '..', 'src', 'handler.ts'), 'utf8')
    .trimEnd()
    .split('\n');

  expect(lines.length).toBeLessThanOrEqual(20);
});
