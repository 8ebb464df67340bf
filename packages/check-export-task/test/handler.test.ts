import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '@log-archiver/local-aws';
import { answers, refuses } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { startExport, startLocalAws } from './start-local-aws';

let aws: LocalAws;
beforeEach(() => {
  aws = startLocalAws();
});

describe('createHandler', () => {
  it('makes a handler that asks with the client it is given', async () => {
    const task = startExport(aws);
    await aws.clock.moveTo('2026-11-02T03:01:00Z');

    expect(await createHandler({ requestHandler: aws.requestHandler })(task)).toEqual({
      ...task,
      status: 'COMPLETED',
      createdAt: Date.parse('2026-11-02T03:00:05.000Z'),
      completedAt: Date.parse('2026-11-02T03:00:28.000Z'),
    });
  });

  it('makes a handler that takes the clock it is given, or that of the system, for an end that AWS does not say', async () => {
    const { requestHandler } = aws;
    const task = startExport(aws);
    const withoutEnd = { ...task, status: { code: 'COMPLETED' }, executionInfo: { creationTime: 1 } };
    const completed = answers(200, { exportTasks: [withoutEnd] });
    aws.faults.arrange('DescribeExportTasks', completed, completed);

    expect(await createHandler({ requestHandler, now: () => 2 })(task)).toMatchObject({ completedAt: 2 });
    jest.spyOn(Date, 'now').mockReturnValue(3);
    try {
      expect(await createHandler({ requestHandler })(task)).toMatchObject({ completedAt: 3 });
    } finally {
      jest.restoreAllMocks();
    }
  });

  it.each(['ThrottlingException', 'ServiceUnavailableException', 'LimitExceededException'])(
    'makes a handler whose client does not retry after %s',
    async (name) => {
      aws.faults.arrange('DescribeExportTasks', refuses(name, 'Try again later.'));
      const handle = createHandler({ requestHandler: aws.requestHandler });

      await expect(handle(startExport(aws))).rejects.toMatchObject({ name, message: 'Try again later.' });
      expect(aws.requestHandler.calls).toHaveLength(1);
    },
  );
});

it('handler refuses a task without an id before it needs the network', async () => {
  await expect(handler({ ...startExport(aws), taskId: '' })).rejects.toMatchObject({
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
