import { DescribeLogGroupsCommand, ListLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { LocalAws } from '../../src';
import { localAwsOnDisk, NOW } from '../local-aws-on-disk';

const MACHINE = {
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: { DefinitionString: '{"StartAt":"End","States":{"End":{"Type":"Succeed"}}}' },
};

/** Deploys a stack with one log group, and returns a client of its account. */
function deployLogGroup(Properties?: Record<string, unknown>) {
  const { aws, client } = localAwsOnDisk();
  const Resources = { Machine: MACHINE, Orders: { Type: 'AWS::Logs::LogGroup', Properties } };
  aws.deploy({ stackName: 'Shop', template: { Resources }, assetDirectory: 'none' });
  return client;
}

describe('a deployed log group', () => {
  it('has the name, retention, class and tags of the template', async () => {
    const client = deployLogGroup({
      LogGroupName: '/shop/orders',
      RetentionInDays: 60,
      LogGroupClass: 'INFREQUENT_ACCESS',
      Tags: [
        { Key: 'stack', Value: { Ref: 'AWS::StackName' } },
        { Key: 'stage', Value: 'prod' },
      ],
    });
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({}));
    expect(logGroups).toMatchObject([
      { logGroupName: '/shop/orders', retentionInDays: 60, logGroupClass: 'INFREQUENT_ACCESS' },
    ]);
    const logGroupTags = [
      { key: 'stack', values: ['Shop'] },
      { key: 'stage', values: ['prod'] },
    ];
    const found = await client.send(new ListLogGroupsCommand({ logGroupTags }));
    expect(found.logGroups).toMatchObject([{ logGroupName: '/shop/orders' }]);
  });

  it('has a generated name, class STANDARD and no retention if it has no properties', async () => {
    const client = deployLogGroup();
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({}));
    expect(logGroups).toMatchObject([{ logGroupName: 'Shop-Orders', logGroupClass: 'STANDARD' }]);
    expect(logGroups?.[0]).not.toHaveProperty('retentionInDays');
  });
});

it.each([
  [undefined, 'SUCCEEDED'],
  ['FAILS', 'FAILED'],
] as const)('a deployed Distributed Map without items, with emptyMap %s, has status %s', async (emptyMap, status) => {
  const aws = new LocalAws({ now: NOW, emptyMap });
  const ItemProcessor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED' },
    StartAt: 'Done',
    States: { Done: { Type: 'Succeed' } },
  };
  const definition = {
    StartAt: 'Each',
    States: { Each: { Type: 'Map', ItemProcessor, ItemsPath: '$.items', End: true } },
  };
  const Properties = { DefinitionString: JSON.stringify(definition) };
  const Resources = { Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties } };
  const { stateMachine } = aws.deploy({ stackName: 'Shop', template: { Resources }, assetDirectory: 'none' });
  expect(await aws.waitFor(stateMachine.startExecution({ items: [] }))).toMatchObject({ status });
});
