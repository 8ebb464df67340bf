import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '@log-archiver/local-aws';
import { refuses } from '@log-archiver/local-aws';
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

    expect(await createHandler({ requestHandler: aws.requestHandler })(task)).toEqual({ ...task, status: 'COMPLETED' });
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
