import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOW } from '@log-archiver/aws-clients/testing';
import { throttled } from '@log-archiver/local-aws';
import { createHandler } from '../src/handler';
import { REQUEST, World } from './world';

const log = () => {};

it('plans with the given HTTP handler and clock', async () => {
  const world = new World(['/app/web']);
  const lines: string[] = [];
  const options = { requestHandler: world.aws.requestHandler, now: world.aws.clock.now };
  const handle = createHandler({ ...options, log: (line) => lines.push(line) });

  expect(await handle(REQUEST)).toMatchObject({ next: 'ARCHIVE', items: [{ logGroupName: '/app/web' }] });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      ...{ timestamp: NOW, level: 'INFO', function: 'PlanArchive', result: 'COMPLETED' },
      ...{ execution: REQUEST.execution.id, page: 0 },
    },
  ]);
});

it('retries only with the given wait, because the clients never retry on their own', async () => {
  const world = new World(['/app/web']);
  world.aws.faults.injectNext('DescribeLogGroups', throttled);
  const wait = jest.fn(async () => {
    expect(world.listOperations().at(-1)).toBe('DescribeLogGroups');
  });
  await createHandler({ requestHandler: world.aws.requestHandler, now: () => Date.parse(NOW), wait, log })(REQUEST);

  expect(wait.mock.calls).toEqual([[1_000]]);
});

it('rejects an invalid input before it calls AWS', async () => {
  const handle = createHandler({ log });
  await expect(handle({ ...REQUEST, input: { period: '2026' } })).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
  });
});

it('has at most 20 lines', () => {
  const lines = readFileSync(join(__dirname, '..', 'src', 'handler.ts'), 'utf8')
    .trimEnd()
    .split('\n');

  expect(lines.length).toBeLessThanOrEqual(20);
});
