import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogStreamsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { closeServers, NOW, servedLocalAws } from '../../served-local-aws';

afterEach(closeServers);

const now = Date.parse(NOW);
const stream = { logGroupName: '/shop', logStreamName: 'web' };
const event = (fromNow: number) => ({ timestamp: now + fromNow, message: 'x' });

async function withLogStream() {
  const { aws, client } = await servedLocalAws();
  await client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }));
  await client.send(new CreateLogStreamCommand(stream));
  const put = (...logEvents: ReturnType<typeof event>[]) =>
    client.send(new PutLogEventsCommand({ ...stream, logEvents }));
  return { aws, client, put };
}

describe('DescribeLogStreams', () => {
  it('returns the times of the first and last event, for a name or an ARN', async () => {
    const { client, put } = await withLogStream();
    await put(event(-1), event(0));
    const logGroupArn = 'arn:aws:logs:ap-northeast-1:123456789012:log-group:/shop';
    const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupIdentifier: logGroupArn }));
    expect(logStreams).toEqual([
      {
        logStreamName: 'web',
        arn: `${logGroupArn}:log-stream:web`,
        creationTime: now,
        storedBytes: 0,
        firstEventTimestamp: now - 1,
        lastEventTimestamp: now,
        lastIngestionTime: now,
      },
    ]);
    const both = new DescribeLogStreamsCommand({ logGroupName: '/shop', logGroupIdentifier: logGroupArn });
    await expect(client.send(both)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    });
  });

  it('sorts by last event or by name, descending', async () => {
    const { client, put } = await withLogStream();
    await put(event(0));
    await client.send(new CreateLogStreamCommand({ ...stream, logStreamName: 'app' }));
    const names = async (orderBy: 'LogStreamName' | 'LastEventTime') => {
      const command = new DescribeLogStreamsCommand({ logGroupName: '/shop', orderBy, descending: true, limit: 1 });
      return (await client.send(command)).logStreams?.map(({ logStreamName }) => logStreamName);
    };
    await client.send(new CreateLogStreamCommand({ ...stream, logStreamName: 'zzz' }));
    expect(await names('LastEventTime')).toEqual(['web']);
    expect(await names('LogStreamName')).toEqual(['zzz']);
  });

  it.each([
    [undefined, 50],
    [20, 20],
  ])('returns, with limit %s, pages of %s', async (limit, size) => {
    const { aws, client } = await withLogStream();
    for (let number = 1; number < 60; number += 1) {
      aws.logs.logStreams.create({ logGroupName: '/shop', logStreamName: `stream ${String(number).padStart(2, '0')}` });
    }
    const query = { logGroupName: '/shop', limit };
    const first = await client.send(new DescribeLogStreamsCommand(query));
    const second = await client.send(new DescribeLogStreamsCommand({ ...query, nextToken: first.nextToken }));
    expect(first.logStreams).toHaveLength(size);
    expect(second.logStreams?.[0]?.logStreamName).toBe(`stream ${size + 1}`);
  });

  it('rejects a limit above 50', async () => {
    const { client } = await withLogStream();
    const command = new DescribeLogStreamsCommand({ logGroupName: '/shop', limit: 51 });
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50",
    });
  });
});
