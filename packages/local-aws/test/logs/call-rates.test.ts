import {
  CancelExportTaskCommand,
  type CloudWatchLogsClient,
  CreateExportTaskCommand,
  DescribeExportTasksCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { closeServers, servedLocalAws } from '../served-local-aws';

afterEach(closeServers);

type Operation = (client: CloudWatchLogsClient) => Promise<unknown>;

const NO_EXPORT = { logGroupName: '/none', from: 0, to: 1, destination: 'archive' };
const create: Operation = (client) => client.send(new CreateExportTaskCommand(NO_EXPORT));
const describeTasks: Operation = (client) => client.send(new DescribeExportTasksCommand({}));
const cancel: Operation = (client) => client.send(new CancelExportTaskCommand({ taskId: 'none' }));

const THROTTLED = { name: 'ThrottlingException', message: 'Rate exceeded', $metadata: { httpStatusCode: 400 } };

/** Calls an operation five times, and returns the result of each call. */
async function callFiveTimes(operation: Operation, client: CloudWatchLogsClient): Promise<string[]> {
  const results: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    results.push(
      await operation(client).then(
        () => 'answer',
        (error: Error) => error.name,
      ),
    );
  }
  return results;
}

describe.each([
  ['CreateExportTask', create, 'ResourceNotFoundException', describeTasks],
  ['DescribeExportTasks', describeTasks, 'answer', cancel],
  ['CancelExportTask', cancel, 'ResourceNotFoundException', create],
])('%s', (_, operation, result, another) => {
  it('throttles the sixth call within a second, also after calls that failed', async () => {
    const { aws, client } = await servedLocalAws();
    expect(await callFiveTimes(operation, client)).toEqual(Array(5).fill(result));
    await aws.clock.moveTo(aws.clock.now() + 999);
    await expect(operation(client)).rejects.toMatchObject(THROTTLED);
    await aws.clock.moveTo(aws.clock.now() + 1);
    expect(await callFiveTimes(operation, client)).toEqual(Array(5).fill(result));
    await expect(operation(client)).rejects.toMatchObject(THROTTLED);
  });

  it('does not count the calls of another operation', async () => {
    const { client } = await servedLocalAws();
    await callFiveTimes(another, client);
    expect(await callFiveTimes(operation, client)).toEqual(Array(5).fill(result));
  });
});

describe('a throttled call', () => {
  it('is not executed, and does not count for the next second', async () => {
    const { aws, client } = await servedLocalAws();
    aws.logs.logGroups.create({ logGroupName: '/shop' });
    const createTask = () =>
      client.send(new CreateExportTaskCommand({ ...NO_EXPORT, logGroupName: '/shop', to: aws.clock.now() }));
    await callFiveTimes(create, client);
    await aws.clock.moveTo(aws.clock.now() + 500);
    await expect(createTask()).rejects.toMatchObject(THROTTLED);
    expect(aws.buckets.listObjects('archive')).toEqual([]);
    await aws.clock.moveTo(aws.clock.now() + 500);
    expect(await callFiveTimes(create, client)).toEqual(Array(5).fill('ResourceNotFoundException'));
  });
});
