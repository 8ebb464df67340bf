import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { lostAnswer } from '../../src';
import { localAwsOnDisk, NOW } from '../local-aws-on-disk';

const stream = { logGroupName: '/shop', logStreamName: 'web' };
const event = { timestamp: Date.parse(NOW), message: 'x' };

async function withLogStream() {
  const { aws, client } = localAwsOnDisk();
  await client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }));
  await client.send(new CreateLogStreamCommand(stream));
  return { aws, client };
}

describe('PutLogEvents', () => {
  it('rejects an unknown log stream', async () => {
    const { client } = await withLogStream();
    const command = new PutLogEventsCommand({ ...stream, logStreamName: 'none', logEvents: [event] });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a call', () => {
  it('is rejected if it creates a log group that exists', async () => {
    const { client } = await withLogStream();
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
  });

  it('is rejected for an unsupported operation', async () => {
    const { client } = await withLogStream();
    await expect(client.send(new ListTagsForResourceCommand({ resourceArn: 'arn' }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });

  it('is executed when its answer is lost', async () => {
    const { aws, client } = await withLogStream();
    aws.faults.injectNext('CreateLogGroup', lostAnswer);
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: '/lost' }))).rejects.toThrow('socket hang up');
    expect(aws.logs.logGroups.get('/lost').logGroupName).toBe('/lost');
    expect(aws.requestHandler.calls.at(-1)).toEqual({
      at: NOW,
      operation: 'CreateLogGroup',
      input: { logGroupName: '/lost' },
      error: 'TimeoutError',
    });
  });
});
