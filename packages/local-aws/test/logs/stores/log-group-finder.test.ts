import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  type DescribeLogGroupsCommandInput,
  ListLogGroupsCommand,
  type ListLogGroupsCommandInput,
  PutRetentionPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { closeServers, NOW, servedLocalAws } from '../../served-local-aws';

afterEach(closeServers);

const ARN = 'arn:aws:logs:ap-northeast-1:123456789012:log-group';

async function withLogGroups(...names: string[]) {
  const { aws, client } = await servedLocalAws();
  for (const logGroupName of names) {
    await client.send(new CreateLogGroupCommand({ logGroupName }));
  }
  const describe = (input: DescribeLogGroupsCommandInput) => client.send(new DescribeLogGroupsCommand(input));
  const list = async (input: ListLogGroupsCommandInput) =>
    (await client.send(new ListLogGroupsCommand(input))).logGroups?.map(({ logGroupName }) => logGroupName);
  const describedNames = async (input: DescribeLogGroupsCommandInput) =>
    (await describe(input)).logGroups?.map(({ logGroupName }) => logGroupName);
  return { aws, client, describe, describedNames, list };
}

describe('DescribeLogGroups', () => {
  it('returns all fields of a log group', async () => {
    const { client, describe } = await withLogGroups('/shop');
    await client.send(new PutRetentionPolicyCommand({ logGroupName: '/shop', retentionInDays: 7 }));
    expect((await describe({ logGroupNamePrefix: '/sh' })).logGroups).toEqual([
      {
        logGroupName: '/shop',
        arn: `${ARN}:/shop:*`,
        logGroupArn: `${ARN}:/shop`,
        creationTime: Date.parse(NOW),
        logGroupClass: 'STANDARD',
        metricFilterCount: 0,
        deletionProtectionEnabled: false,
        retentionInDays: 7,
        storedBytes: 0,
      },
    ]);
  });

  it('returns fewer fields for a case-sensitive pattern', async () => {
    const { describe } = await withLogGroups('/shop/a', '/Shop/b');
    expect((await describe({ logGroupNamePattern: 'hop/a' })).logGroups).toEqual([
      {
        logGroupName: '/shop/a',
        arn: `${ARN}:/shop/a:*`,
        logGroupArn: `${ARN}:/shop/a`,
        creationTime: Date.parse(NOW),
        logGroupClass: 'STANDARD',
        metricFilterCount: 0,
        deletionProtectionEnabled: false,
      },
    ]);
    expect((await describe({ logGroupNamePattern: 'SHOP' })).logGroups).toEqual([]);
  });

  it('returns an empty page after the last one for a pattern', async () => {
    const { describe } = await withLogGroups('/shop/a');
    const { nextToken } = await describe({ logGroupNamePattern: 'shop' });
    const { logGroups, nextToken: end } = await describe({ logGroupNamePattern: 'shop', nextToken });
    expect([logGroups, end]).toEqual([[], undefined]);
  });

  it('rejects a prefix together with a pattern', async () => {
    const { describe } = await withLogGroups();
    await expect(describe({ logGroupNamePrefix: 'a', logGroupNamePattern: 'a' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    });
  });

  it('finds log groups by identifier, which is a name or an ARN', async () => {
    const { describedNames } = await withLogGroups('/a', '/b', '/c');
    expect(await describedNames({ logGroupIdentifiers: ['/c', `${ARN}:/a`] })).toEqual(['/a', '/c']);
  });

  it('returns pages of 50, and skips none after the last log group of a page was deleted', async () => {
    const names = Array.from({ length: 51 }, (_, number) => `/group/${String(number).padStart(2, '0')}`);
    const { client, describe, describedNames } = await withLogGroups(...names);
    const { logGroups, nextToken } = await describe({});
    expect(logGroups).toHaveLength(50);
    await client.send(new DeleteLogGroupCommand({ logGroupName: '/group/49' }));
    expect(await describedNames({ nextToken })).toEqual(['/group/50']);
  });

  it('rejects a token of another query, an expired token and an invalid token', async () => {
    const { aws, describe } = await withLogGroups('/a', '/b', '/c');
    const refused = { name: 'InvalidParameterException', message: 'The specified nextToken is invalid.' };
    const { nextToken } = await describe({ limit: 1 });
    await expect(describe({ nextToken, logGroupNamePrefix: '/' })).rejects.toMatchObject(refused);
    await expect(describe({ nextToken: 'none' })).rejects.toMatchObject(refused);
    await aws.clock.moveTo(Date.parse(NOW) + 24 * 3_600_000 - 1);
    expect((await describe({ nextToken })).logGroups).toHaveLength(2);
    await aws.clock.moveTo(Date.parse(NOW) + 24 * 3_600_000);
    await expect(describe({ nextToken })).rejects.toMatchObject(refused);
  });
});

describe('ListLogGroups', () => {
  it.each([
    ['shop', ['/a/shop', '/shop/web']],
    ['^/shop', ['/shop/web']],
    ['^/shop|/other', ['/other', '/shop/web']],
  ])('finds log groups by the pattern %s', async (logGroupNamePattern, expected) => {
    const { list } = await withLogGroups('/shop/web', '/a/shop', '/other');
    expect(await list({ logGroupNamePattern })).toEqual(expected);
  });

  it.each([
    [[{ key: 'stage' }], ['/a', '/b']],
    [[{ key: 'stage', values: ['prod'] }], ['/a']],
    [[{ key: 'stage', values: ['PROD*', 'none'] }], ['/a']],
    [[{ key: 'stage', values: ['!prod'] }], ['/b']],
    [[{ key: 'stage' }, { key: 'team' }], ['/b']],
  ])('finds log groups by the tags %j', async (logGroupTags, expected) => {
    const { client, list } = await withLogGroups('/a', '/b', '/c');
    await client.send(new TagResourceCommand({ resourceArn: `${ARN}:/a`, tags: { stage: 'prod' } }));
    await client.send(new TagResourceCommand({ resourceArn: `${ARN}:/b`, tags: { stage: 'test', team: 'web' } }));
    expect(await list({ logGroupTags })).toEqual(expected);
  });

  it('returns up to 1,000 log groups per page', async () => {
    const { aws, list } = await withLogGroups();
    for (let number = 0; number < 1_001; number += 1) {
      aws.logs.logGroups.create({ logGroupName: `/group/${number}` });
    }
    expect(await list({ limit: 1_000 })).toHaveLength(1_000);
    await expect(list({ limit: 1_001 })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        "1 validation error detected: Value '1001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000",
    });
  });
});
