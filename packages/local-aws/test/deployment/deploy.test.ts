import { DescribeLogGroupsCommand, ListLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { readFunctions } from '../../src';
import { localAwsOnDisk } from '../local-aws-on-disk';

const MACHINE = {
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: { DefinitionString: '{"StartAt":"End","States":{"End":{"Type":"Succeed"}}}' },
};

/** An account with one log group, of these properties. */
function deployLogGroup(Properties?: Record<string, unknown>) {
  const { aws, client } = localAwsOnDisk();
  const Resources = { Machine: MACHINE, Orders: { Type: 'AWS::Logs::LogGroup', Properties } };
  aws.deploy({ stackName: 'Shop', template: { Resources }, assetDirectory: 'none' });
  return client;
}

describe('a log group of a template', () => {
  it('has its name, its retention, its class and its tags', async () => {
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

  it('without properties is named after itself, is of class STANDARD, and keeps its events for ever', async () => {
    const client = deployLogGroup();
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({}));
    expect(logGroups).toMatchObject([{ logGroupName: 'Shop-Orders', logGroupClass: 'STANDARD' }]);
    expect(logGroups?.[0]).not.toHaveProperty('retentionInDays');
  });
});

describe('the functions of a template', () => {
  it('have their code, handler and role, and where there is none, a timeout of 3 s and 128 MB of memory', () => {
    const Code = { S3Bucket: 'assets', S3Key: '0a1b.zip' };
    const Resources = {
      Export: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code,
          Handler: 'index.handler',
          Timeout: 30,
          MemorySize: 256,
          Description: 'Shop: export',
          Role: 'role',
        },
      },
      Check: { Type: 'AWS::Lambda::Function', Properties: { Code, Handler: 'main.check' } },
      Machine: MACHINE,
    };
    expect(readFunctions({ stackName: 'Shop', template: { Resources }, assetDirectory: '/cdk.out' })).toEqual([
      {
        logicalId: 'Export',
        description: 'Shop: export',
        taskRoot: '/cdk.out/asset.0a1b',
        handler: 'index.handler',
        timeoutSeconds: 30,
        memoryMegabytes: 256,
        role: 'role',
      },
      {
        logicalId: 'Check',
        description: '',
        taskRoot: '/cdk.out/asset.0a1b',
        handler: 'main.check',
        timeoutSeconds: 3,
        memoryMegabytes: 128,
      },
    ]);
  });
});
