import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '@log-archiver/local-aws';
import { refuses } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { OCTOBER_REQUEST } from './october-request';
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

  it('makes a handler that refuses what its clock calls the future', async () => {
    const now = () => Date.parse('2026-11-02T02:54:59.999Z');

    await expect(createHandler({ requestHandler: aws.requestHandler, now })(OCTOBER_REQUEST)).rejects.toMatchObject({
      name: 'InvalidArchiveRequest',
      message: 'scheduledTime must be not later than now, 2026-11-02T02:54:59.999Z, got "2026-11-02T03:00:00Z"',
    });
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

  it('makes a handler on the clock of the system when none is given', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-02T02:54:59.999Z'));
    try {
      await expect(createHandler({ requestHandler: aws.requestHandler })(OCTOBER_REQUEST)).rejects.toMatchObject({
        name: 'InvalidArchiveRequest',
        message: 'scheduledTime must be not later than now, 2026-11-02T02:54:59.999Z, got "2026-11-02T03:00:00Z"',
      });
    } finally {
      jest.restoreAllMocks();
    }
  });
});

it('handler refuses a request without a log group before it needs the network', async () => {
  await expect(handler({ ...OCTOBER_REQUEST, logGroupName: '' })).rejects.toMatchObject({
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
