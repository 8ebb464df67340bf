import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listOperations } from '@log-archiver/aws-clients/testing';
import { type LocalAws, refuses } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { OCTOBER_REQUEST, octoberRequest, startTwoLogGroups } from './october-request';

let aws: LocalAws;
beforeEach(() => {
  aws = startTwoLogGroups();
});

describe('createHandler', () => {
  it('creates an export task on the given transport and clock', async () => {
    const task = await createHandler({ requestHandler: aws.requestHandler, now: aws.clock.now })(OCTOBER_REQUEST);

    expect(task.taskId).toBe(aws.logs.exportTasks.describe({}).exportTasks[0]?.taskId);
    expect(listOperations(aws)).toEqual(['DescribeExportTasks', 'CreateExportTask']);
  });

  it.each([
    ['DescribeExportTasks', 'ThrottlingException', ['DescribeExportTasks']],
    ['CreateExportTask', 'ThrottlingException', ['DescribeExportTasks', 'CreateExportTask']],
    ['CreateExportTask', 'ServiceUnavailableException', ['DescribeExportTasks', 'CreateExportTask']],
  ])('does not retry when %s fails with %s', async (operation, name, calls) => {
    aws.faults.injectNext(operation, refuses(name, 'Try again later.'));
    const handle = createHandler({ requestHandler: aws.requestHandler, now: aws.clock.now });

    await expect(handle(OCTOBER_REQUEST)).rejects.toMatchObject({ name, message: 'Try again later.' });
    expect(listOperations(aws)).toEqual(calls);
  });

  it.each([
    ['ExportSlotBusy', -1],
    ['ExportSlotUnavailable', 0],
  ])('throws %s by the given clock, or by the system clock', async (name, late) => {
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

it('rejects a request without a log group before it calls AWS', async () => {
  await expect(handler(octoberRequest({ logGroupName: '' }))).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: 'logGroupName must be a non-empty string, got ""',
  });
});

it('has at most 20 lines of source', () => {
  const lines = readFileSync(join(__dirname, '..', 'src', 'handler.ts'), 'utf8')
    .trimEnd()
    .split('\n');

  expect(lines.length).toBeLessThanOrEqual(20);
});
