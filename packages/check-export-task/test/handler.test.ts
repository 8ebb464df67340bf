import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalAws } from '@log-archiver/aws-clients/testing';
import { answers, type LocalAws, refuses } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { startExport } from './start-export';

let aws: LocalAws;
beforeEach(() => {
  aws = startLocalAws();
});

describe('createHandler', () => {
  it('calls AWS on the given transport', async () => {
    const task = startExport(aws);
    await aws.clock.moveTo('2026-11-02T03:01:00Z');

    expect(await createHandler({ requestHandler: aws.requestHandler })(task)).toEqual({
      ...task,
      status: 'COMPLETED',
      createdAt: Date.parse('2026-11-02T03:00:05.000Z'),
      completedAt: Date.parse('2026-11-02T03:00:28.000Z'),
    });
  });

  it('uses the given clock, or the system clock, when AWS returns no completion time', async () => {
    const { requestHandler } = aws;
    const task = startExport(aws);
    const withoutEnd = { ...task, status: { code: 'COMPLETED' }, executionInfo: { creationTime: 1 } };
    const completed = answers(200, { exportTasks: [withoutEnd] });
    aws.faults.injectNext('DescribeExportTasks', completed, completed);

    expect(await createHandler({ requestHandler, now: () => 2 })(task)).toMatchObject({ completedAt: 2 });
    jest.spyOn(Date, 'now').mockReturnValue(3);
    try {
      expect(await createHandler({ requestHandler })(task)).toMatchObject({ completedAt: 3 });
    } finally {
      jest.restoreAllMocks();
    }
  });

  it.each(['ThrottlingException', 'ServiceUnavailableException', 'LimitExceededException'])(
    'does not retry after %s',
    async (name) => {
      aws.faults.injectNext('DescribeExportTasks', refuses(name, 'Try again later.'));
      const handle = createHandler({ requestHandler: aws.requestHandler });

      await expect(handle(startExport(aws))).rejects.toMatchObject({ name, message: 'Try again later.' });
      expect(aws.requestHandler.calls).toHaveLength(1);
    },
  );
});

it('rejects a task without an id before it calls AWS', async () => {
  await expect(handler({ ...startExport(aws), taskId: '' })).rejects.toMatchObject({
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
