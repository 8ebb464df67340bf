import { ENVIRONMENT, NOW } from '@log-archiver/aws-clients/testing';
import { throttled } from '@log-archiver/local-aws';
import { createHandler } from '../src/handler';
import { REQUEST, World } from './world';

const log = () => {};

it('plans with the given HTTP handler and clock', async () => {
  const world = new World(['/app/web']);
  const lines: string[] = [];
  const options = { requestHandler: world.aws.requestHandler, environment: ENVIRONMENT, now: world.aws.clock.now };
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
  const options = { requestHandler: world.aws.requestHandler, environment: ENVIRONMENT, now: () => Date.parse(NOW) };
  await createHandler({ ...options, wait, log })(REQUEST);

  expect(wait.mock.calls).toEqual([[1_000]]);
});

it('rejects an invalid input before it calls AWS', async () => {
  const handle = createHandler({ environment: ENVIRONMENT, log });
  await expect(handle({ ...REQUEST, input: { period: '2026' } })).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
  });
});

it.each([
  ['bucket', { s3BucketName: 'mine' }, 's3BucketName must be that of the function, "archive", got "mine"'],
  ['account', { account: '1' }, 'account must be that of the function, "123456789012", got "1"'],
])('rejects a payload with another %s, and calls nothing', async (_, changes, message) => {
  const { requestHandler } = new World(['/app/web']).aws;
  const handle = createHandler({ requestHandler, environment: ENVIRONMENT, log });

  await expect(handle({ ...REQUEST, parameters: { ...REQUEST.parameters, ...changes } })).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message,
  });
  expect(requestHandler.calls).toEqual([]);
});
