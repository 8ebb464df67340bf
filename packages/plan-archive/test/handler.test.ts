import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { throttled } from '@log-archiver/local-aws';
import { createHandler, handler } from '../src/handler';
import { NOW, REQUEST, World } from './world';

it('createHandler makes a handler that plans with the clients and the clock it is given', async () => {
  const world = new World(['/app/web']);
  const handle = createHandler({ requestHandler: world.aws.requestHandler, now: world.aws.clock.now });

  expect(await handle(REQUEST)).toMatchObject({ next: 'ARCHIVE', items: [{ logGroupName: '/app/web' }] });
});

it('createHandler makes a handler that waits as it is told, and whose clients do not ask again by themselves', async () => {
  const world = new World(['/app/web']);
  world.aws.faults.arrange('DescribeLogGroups', throttled);
  const wait = jest.fn(async () => {
    expect(world.operations()).toEqual(['ListExecutions', 'ListObjectsV2', 'PutObject', 'DescribeLogGroups']);
  });
  await createHandler({ requestHandler: world.aws.requestHandler, now: () => Date.parse(NOW), wait })(REQUEST);

  expect(wait.mock.calls).toEqual([[1_000]]);
});

it('handler refuses an input before it needs the network', async () => {
  await expect(handler({ ...REQUEST, input: { period: '2026' } })).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
  });
});

it('handler.ts has at most 20 lines', () => {
  const lines = readFileSync(join(__dirname, '..', 'src', 'handler.ts'), 'utf8')
    .trimEnd()
    .split('\n');

  expect(lines.length).toBeLessThanOrEqual(20);
});
