import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  type CreateLogGroupCommandInput,
  CreateLogStreamCommand,
  DeleteDataProtectionPolicyCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  PutDataProtectionPolicyCommand,
  PutLogEventsCommand,
  PutLogGroupDeletionProtectionCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { LocalAws } from '../../../src';

const NOW = Date.parse('2026-11-01T18:00:00.000Z');
const DAY = 24 * 3_600_000;
const SHOP = { logGroupName: '/shop' };

async function withLogGroup(input: Partial<CreateLogGroupCommandInput> = {}) {
  const aws = new LocalAws({ now: NOW });
  const client = new CloudWatchLogsClient(aws.clientConfig);
  const create = () => client.send(new CreateLogGroupCommand({ ...SHOP, ...input }));
  await create();
  const describe = async () => (await client.send(new DescribeLogGroupsCommand({}))).logGroups?.[0];
  const remove = () => client.send(new DeleteLogGroupCommand(SHOP));
  const put = async (...daysAgo: number[]) => {
    await client.send(new CreateLogStreamCommand({ ...SHOP, logStreamName: 'web' }));
    for (const days of daysAgo) {
      const logEvents = [{ timestamp: aws.clock.now() - days * DAY, message: `${days} days ago` }];
      await client.send(new PutLogEventsCommand({ ...SHOP, logStreamName: 'web', logEvents }));
    }
  };
  const messages = async () =>
    (await client.send(new FilterLogEventsCommand(SHOP))).events?.map(({ message }) => message);
  return { aws, client, create, describe, remove, put, messages };
}

describe('a log group', () => {
  it('has another creation time and no log streams after it was deleted and created again', async () => {
    const { aws, client, create, describe, remove, put } = await withLogGroup();
    await put(0);
    await aws.clock.moveTo(NOW + DAY);
    await remove();
    await create();
    expect((await describe())?.creationTime).toBe(NOW + DAY);
    expect((await client.send(new DescribeLogStreamsCommand(SHOP))).logStreams).toEqual([]);
  });

  it('cannot be deleted twice', async () => {
    const { remove } = await withLogGroup();
    await remove();
    await expect(remove()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
  });

  it('cannot be deleted while it is protected', async () => {
    const { client, describe, remove } = await withLogGroup({ deletionProtectionEnabled: true });
    expect(await describe()).toMatchObject({ deletionProtectionEnabled: true });
    await expect(remove()).rejects.toMatchObject({ name: 'ValidationException' });
    await client.send(
      new PutLogGroupDeletionProtectionCommand({ logGroupIdentifier: '/shop', deletionProtectionEnabled: false }),
    );
    await expect(remove()).resolves.toBeDefined();
  });

  it('has a data protection status once it had a data protection policy', async () => {
    const { client, describe } = await withLogGroup();
    const logGroupIdentifier = '/shop';
    expect(await describe()).not.toHaveProperty('dataProtectionStatus');
    await client.send(new PutDataProtectionPolicyCommand({ logGroupIdentifier, policyDocument: '{}' }));
    expect(await describe()).toMatchObject({ dataProtectionStatus: 'ACTIVATED' });
    await client.send(new DeleteDataProtectionPolicyCommand({ logGroupIdentifier }));
    expect(await describe()).toMatchObject({ dataProtectionStatus: 'DELETED' });
    await expect(client.send(new DeleteDataProtectionPolicyCommand({ logGroupIdentifier }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it.each(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY', 'ESSENTIALS'] as const)(
    'is described with its class %s',
    async (logGroupClass) => {
      const { describe } = await withLogGroup({ logGroupClass });
      expect(await describe()).toMatchObject({ logGroupClass });
    },
  );

  it('does not get back the events that a shorter retention removed', async () => {
    const { client, describe, put, messages } = await withLogGroup();
    await put(3, 1);
    await client.send(new PutRetentionPolicyCommand({ ...SHOP, retentionInDays: 1 }));
    expect(await messages()).toEqual(['1 days ago']);
    await client.send(new DeleteRetentionPolicyCommand(SHOP));
    expect(await describe()).not.toHaveProperty('retentionInDays');
    expect(await messages()).toEqual(['1 days ago']);
  });
});
