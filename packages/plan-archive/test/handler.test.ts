import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOW } from '@log-archiver/aws-clients/testing';
import { throttled } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { REQUEST, World } from './world';

it('plans with the given HTTP handler and clock', async () => {
  const world = new World(['/app/web']);
  const handle = createHandler({ requestHandler: world.aws.requestHandler, now: world.aws.clock.now });

  expect(await handle(REQUEST)).toMatchObject({ next: 'ARCHIVE', items: [{ logGroupName: '/app/web' }] });
});

it('retries only with the given wait, because the clients never retry on their own', async () => {
  const world = new World(['/app/web']);
  world.aws.faults.injectNext('DescribeLogGroups', throttled);
  const wait = jest.fn(async () => {
    expect(world.listOperations()).toEqual(['ListExecutions', 'ListObjectsV2', 'PutObject', 'DescribeLogGroups']);
  });
  await createHandler({ requestHandler: world.aws.requestHandler, now: () => Date.parse(NOW), wait })(REQUEST);

  expect(wait.mock.calls).toEqual([[1_000]]);
});

it('rejects an invalid input before it calls AWS', async () => {
  await expect(handler({ ...REQUEST, input: { period: '2026' } })).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
  });
});

it('has at most 20 lines', () => {
  const lines = readFileSync(join(__dirname, '..', 'src', 'handler.ts'), 'utf8')
    .trimEnd()
    .split('\n');

  expect(lines.length).toBeLessThanOrEqual(20);
});
