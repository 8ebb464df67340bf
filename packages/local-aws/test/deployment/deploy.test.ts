import { DescribeLogGroupsCommand, ListLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { LocalAws } from '../../src';
import type { Resource } from '../../src/template/synthesized-stack';
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

describe('a stack that is deployed again', () => {
  const state = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Wait', Seconds: 60, End: true } } });
  const machine = (name: string) => ({
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { DefinitionString: JSON.stringify(state(name)) },
  });
  const alarm = (Threshold: number) => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ...{ Namespace: 'Shop', MetricName: 'Failures', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold },
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    },
  });
  const logGroup = (RetentionInDays: number | undefined, Value: string) => ({
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: '/shop', RetentionInDays, Tags: [{ Key: 'stage', Value }] },
  });
  const filter = (MetricValue: string) => ({
    Type: 'AWS::Logs::MetricFilter',
    Properties: {
      ...{ LogGroupName: { Ref: 'Orders' }, FilterPattern: 'ERROR' },
      MetricTransformations: [{ MetricNamespace: 'Shop', MetricName: 'Failures', MetricValue }],
    },
  });
  const deploy = (aws: LocalAws, Resources: Record<string, Resource>) =>
    aws.deploy({ stackName: 'Shop', template: { Resources }, assetDirectory: 'none' });

  it('has the new definition, and keeps its executions, of which a running one keeps the old definition', async () => {
    const aws = new LocalAws({ now: NOW });
    const first = deploy(aws, { Machine: machine('Old') }).stateMachine;
    const running = first.startExecution({});
    const second = deploy(aws, { Machine: machine('New') }).stateMachine;
    expect(second.executions).toEqual([running]);
    const started = second.startExecution({});
    await Promise.all([aws.waitFor(running), aws.waitFor(started)]);
    const listEntered = ({ events }: typeof running) =>
      events.filter(({ type }) => type === 'StateEntered').map((event) => event.state?.name);
    expect([running, started].map(listEntered)).toEqual([['Old'], ['New']]);
    expect([...aws.stepFunctions.values()]).toEqual([second]);
  });

  it('stops the executions of a state machine that it no longer defines', async () => {
    const aws = new LocalAws({ now: NOW });
    const running = deploy(aws, { Machine: machine('Old') }).stateMachine.startExecution({});
    const { stateMachine } = deploy(aws, { Another: machine('New') });
    expect(await running.result).toMatchObject({ status: 'ABORTED' });
    expect([...aws.stepFunctions.values()]).toEqual([stateMachine]);
  });

  it('has the new retention and tags of a log group, with its creation time and streams', async () => {
    const { aws, client } = localAwsOnDisk();
    deploy(aws, { Machine: MACHINE, Orders: logGroup(60, 'test') });
    aws.logs.logStreams.create({ logGroupName: '/shop', logStreamName: 'web' });
    const { creationTime } = aws.logs.logGroups.get('/shop');
    await aws.clock.moveTo(aws.clock.now() + 60_000);
    deploy(aws, { Machine: MACHINE, Orders: logGroup(30, 'prod') });
    const describe = async () => (await client.send(new DescribeLogGroupsCommand({}))).logGroups;
    expect(await describe()).toMatchObject([{ logGroupName: '/shop', retentionInDays: 30, creationTime }]);
    expect([...aws.logs.logGroups.get('/shop').tags]).toEqual([['stage', 'prod']]);
    expect([...aws.logs.logGroups.get('/shop').logStreams.keys()]).toEqual(['web']);
    deploy(aws, { Machine: MACHINE, Orders: logGroup(undefined, 'prod') });
    expect((await describe())?.[0]).not.toHaveProperty('retentionInDays');
    deploy(aws, { Machine: MACHINE });
    expect(await describe()).toMatchObject([{ logGroupName: '/shop' }]);
  });

  it('has each alarm and metric filter once, as it is defined last', async () => {
    const aws = new LocalAws({ now: NOW });
    const names = () => Object.entries(aws.alarms.evaluate());
    const Orders = logGroup(60, 'test');
    deploy(aws, { Machine: MACHINE, Orders, Alarm: alarm(1), Filter: filter('1') });
    aws.logMetrics.read({ logGroupName: '/shop', line: 'ERROR', writtenAt: aws.clock.now() });
    await aws.clock.moveTo(aws.clock.now() + 60_000);
    expect(names()).toEqual([['Shop-Alarm', 'ALARM']]);
    deploy(aws, { Machine: MACHINE, Orders, Alarm: alarm(3), Filter: filter('2') });
    expect(names()).toEqual([['Shop-Alarm', 'ALARM']]);
    aws.logMetrics.read({ logGroupName: '/shop', line: 'ERROR', writtenAt: aws.clock.now() });
    await aws.clock.moveTo(aws.clock.now() + 60_000);
    expect(names()).toEqual([['Shop-Alarm', 'OK']]);
    deploy(aws, { Machine: MACHINE, Orders });
    expect(names()).toEqual([]);
    expect(aws.logMetrics.isFiltered('/shop')).toBe(false);
  });
});

it('a log group that exists and that the stack did not create is not deployed', () => {
  const aws = new LocalAws({ now: NOW });
  aws.logs.logGroups.create({ logGroupName: '/shop' });
  const Orders = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/shop' } };
  expect(() => aws.deploy({ stackName: 'Shop', template: { Resources: { Orders } }, assetDirectory: 'none' })).toThrow(
    'The specified log group already exists',
  );
});
