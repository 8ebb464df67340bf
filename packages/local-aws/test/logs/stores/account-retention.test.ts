import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteAccountPolicyCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  PutAccountPolicyCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { LocalAws } from '../../../src';

const NOW = Date.parse('2026-11-01T00:00:00.000Z');
const DAY = 24 * 3_600_000;
const SHOP = { logGroupName: '/shop' };
const POLICY = { policyName: 'retention', policyType: 'RETENTION_POLICY' } as const;

async function withLogGroup() {
  const aws = new LocalAws({ now: NOW });
  const client = new CloudWatchLogsClient(aws.clientConfig);
  await client.send(new CreateLogGroupCommand(SHOP));
  const putPolicy = (retentionInDays: number | string, enforcementMode = 'RETROACTIVE', policyName = 'retention') =>
    client.send(
      new PutAccountPolicyCommand({
        ...POLICY,
        policyName,
        policyDocument: JSON.stringify({ retentionInDays, enforcementMode }),
      }),
    );
  const deletePolicy = () => client.send(new DeleteAccountPolicyCommand(POLICY));
  const retain = (retentionInDays: number) => client.send(new PutRetentionPolicyCommand({ ...SHOP, retentionInDays }));
  const describe = async (logGroupName = '/shop') => {
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
    const { retentionInDays, retentionPolicyName } = logGroups?.[0] ?? {};
    return [retentionInDays, retentionPolicyName];
  };
  const putEvent = async () => {
    await client.send(new CreateLogStreamCommand({ ...SHOP, logStreamName: 'web' }));
    const logEvents = [{ timestamp: aws.clock.now(), message: 'x' }];
    await client.send(new PutLogEventsCommand({ ...SHOP, logStreamName: 'web', logEvents }));
  };
  const countEvents = async () => (await client.send(new FilterLogEventsCommand(SHOP))).events?.length;
  return { aws, client, putPolicy, deletePolicy, retain, describe, putEvent, countEvents };
}

describe('an account-level retention policy', () => {
  it.each<[policy: number | string, own: number | undefined, expected: (number | string | undefined)[]]>([
    [30, undefined, [30, 'retention']],
    [30, 7, [30, 'retention']],
    [30, 90, [30, 'retention']],
    ['NEVER_EXPIRE', 7, [undefined, 'retention']],
  ])('of %s days overrides the own retention of %s days at once', async (policy, own, expected) => {
    const { putPolicy, retain, describe } = await withLogGroup();
    if (own !== undefined) {
      await retain(own);
    }
    await putPolicy(policy);
    expect(await describe()).toEqual(expected);
  });

  it('does not apply after its deletion', async () => {
    const { putPolicy, deletePolicy, retain, describe } = await withLogGroup();
    await retain(7);
    await putPolicy(30);
    await deletePolicy();
    expect(await describe()).toEqual([7, undefined]);
  });

  it('applies only to newer log groups with NEW_ONLY', async () => {
    const { aws, client, putPolicy, describe } = await withLogGroup();
    await aws.clock.moveTo(NOW + 1);
    await putPolicy(30, 'NEW_ONLY');
    await client.send(new CreateLogGroupCommand({ logGroupName: '/new' }));
    expect([await describe('/shop'), await describe('/new')]).toEqual([
      [undefined, undefined],
      [30, 'retention'],
    ]);
  });

  it('removes existing events 24 hours after it was put', async () => {
    const { aws, putPolicy, putEvent, countEvents } = await withLogGroup();
    await putEvent();
    await aws.clock.moveTo(NOW + 40 * DAY);
    await putPolicy(30);
    await aws.clock.moveTo(NOW + 41 * DAY - 1);
    expect(await countEvents()).toBe(1);
    await aws.clock.moveTo(NOW + 41 * DAY);
    expect(await countEvents()).toBe(0);
  });

  it('keeps events longer than the own retention of the log group', async () => {
    const { aws, putPolicy, retain, putEvent, countEvents } = await withLogGroup();
    await retain(7);
    await putPolicy(30);
    await putEvent();
    await aws.clock.moveTo(NOW + 30 * DAY);
    expect(await countEvents()).toBe(1);
    await aws.clock.moveTo(NOW + 30 * DAY + 1);
    expect(await countEvents()).toBe(0);
  });

  it.each([
    [7, 'RETROACTIVE', 'retentionInDays must be NEVER_EXPIRE or one of 30, 60, 90,'],
    [30, 'ALWAYS', 'enforcementMode must be NEW_ONLY or RETROACTIVE, got ALWAYS'],
  ])('is rejected with %s days and mode %s', async (days, mode, message) => {
    const { putPolicy } = await withLogGroup();
    await expect(putPolicy(days, mode)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  it('is rejected as the second one, and replaced under its own name', async () => {
    const { putPolicy, describe } = await withLogGroup();
    await putPolicy(30);
    await putPolicy(60);
    await expect(putPolicy(90, 'RETROACTIVE', 'other')).rejects.toMatchObject({ name: 'LimitExceededException' });
    expect(await describe()).toEqual([60, 'retention']);
  });

  it('is unknown to DeleteAccountPolicy before it was put', async () => {
    const { deletePolicy } = await withLogGroup();
    await expect(deletePolicy()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('is the only policy type that is supported', async () => {
    const { client } = await withLogGroup();
    const command = new PutAccountPolicyCommand({
      ...{ policyName: 'mask', policyDocument: '{}', policyType: 'DATA_PROTECTION_POLICY' },
    });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
