import type { Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { importLogGroups, newArchiver, newStack, resourcesOf, TOKYO } from './archiver-stack';
import { withLongestValues } from './longest-values';
import { listOf, type PolicyDocument, roleOf, rolesOf, statementsOf } from './policies';

const MINIMIZE = '@aws-cdk/aws-iam:minimizePolicies';
const START = 'arn:aws-us-gov:logs:ap-southeast-1:123456789012:log-group:';
const named = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => `/${String(i).padStart(3, '0')}${'x'.repeat(length - 4)}`);
const characters = (...documents: unknown[]) => documents.reduce<number>((sum, each) => sum + length(each), 0);
const length = (value: unknown) => JSON.stringify(value).length;

function exportable(stack: Stack): string[] {
  return statementsOf(stack)
    .filter(({ Action }) => listOf(Action).includes('logs:CreateExportTask'))
    .flatMap(({ Resource }) => listOf(Resource));
}

function expectToFit(stack: Stack) {
  for (const [id, { trust, inline, managed }] of Object.entries(rolesOf(stack))) {
    expect([id, 'trust', characters(trust) <= 2_048]).toEqual([id, 'trust', true]);
    expect([id, 'inline', characters(...inline) <= 10_240]).toEqual([id, 'inline', true]);
    expect([id, 'managed policies', managed.length <= 10]).toEqual([id, 'managed policies', true]);
    expect(managed.map(length).filter((each) => each > 6_144)).toEqual([]);
  }
  const resources = resourcesOf(stack);
  const buckets = Object.values(resources).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  expect(buckets.map(({ Properties }) => length(withLongestValues(Properties.PolicyDocument, resources)))).toEqual([
    expect.any(Number),
  ]);
  for (const { Properties } of buckets) {
    expect(length(withLongestValues(Properties.PolicyDocument, resources))).toBeLessThanOrEqual(20 * 1_024);
  }
  const exporting = statementsOf(stack).filter(({ Action }) => listOf(Action).includes('logs:CreateExportTask'));
  expect(exporting.map(length).filter((each) => each > 4_000)).toEqual([]);
}

describe('the policies of 1, 50 and 100 log groups with names of 50 characters', () => {
  const flags = [{}, { [MINIMIZE]: false }, { [MINIMIZE]: true }, recommendedFeatureFlags];
  const cases = [1, 50, 100].flatMap((count) =>
    [undefined, TOKYO].flatMap((env) => flags.map((context) => ({ count, env, context }))),
  );

  it.each(cases)('fit the limits of IAM and name all of them: $count, $env, $context', ({ count, env, context }) => {
    const stack = newStack({ env }, context);
    const names = named(count, 50);
    newArchiver(stack, { logGroups: importLogGroups(stack, ...names) });
    expectToFit(stack);
    const [starts, ends] = [0, 1].map((part) => exportable(stack).map((arn) => arn.split(':log-group:')[part]));
    expect(ends.sort()).toEqual(names.flatMap((name) => [name, `${name}:*`]).sort());
    const inTokyo = expect.stringMatching(/^arn:aws(-us-gov)?:logs:ap-northeast-1:123456789012$/);
    expect([...new Set(starts)]).toEqual([env ? inTokyo : START.replace(':log-group:', '')]);
  });
});

describe('the policies of log groups whose names are not known yet', () => {
  it('fit the limits of IAM when the names turn out to be 100 characters long', () => {
    const stack = newStack();
    const logGroups = named(100, 20).map((name) => new LogGroup(stack, name.slice(1)));
    newArchiver(stack, { logGroups });
    expectToFit(stack);
    expect(exportable(stack)).toHaveLength(200);
  });
});

describe('the policies of log groups with names of 512 characters', () => {
  const error = (managed: number) =>
    'Validation failed with the following errors:\n  [Stack/Archiver/ExportPermissions] ' +
    "the log groups' names must fit the policies of one role, an inline one and 10 managed ones, got names for " +
    `${managed} managed ones; spread the log groups over several archivers`;

  it('fit the limits of IAM up to 33 log groups', () => {
    const stack = newStack();
    newArchiver(stack, { logGroups: importLogGroups(stack, ...named(33, 512)) });
    expectToFit(stack);
    expect(roleOf(stack, 'ArchiverExportLogToS3Role').managed).toHaveLength(10);
    expect(exportable(stack)).toHaveLength(66);
  });

  it.each([
    [34, 11],
    [100, 33],
  ])('are refused for %d log groups, which would need %d managed policies', (count, managed) => {
    const stack = newStack();
    newArchiver(stack, { logGroups: importLogGroups(stack, ...named(count, 512)) });
    expect(() => resourcesOf(stack)).toThrow(new Error(error(managed)));
  });
});

describe('least privilege', () => {
  const everything = (keyPrefix?: string) => {
    const stack = newStack();
    newArchiver(stack, { keyPrefix, logGroups: importLogGroups(stack, '/app/orders', 'plain') });
    return stack;
  };

  it('lets nothing but the named log groups be exported, in both forms of their ARN', () => {
    const names = ['/app/orders', 'plain'];
    expect(exportable(everything())).toEqual(names.flatMap((name) => [START + name, `${START}${name}:*`]));
  });

  it('asks for all resources only where AWS knows none to name', () => {
    const asking = Object.entries(rolesOf(everything())).flatMap(([id, { inline, managed }]) =>
      [...inline, ...managed]
        .flatMap(({ Statement }) => Statement)
        .filter(({ Resource }) => listOf(Resource).includes('*'))
        .map(({ Effect, Action }) => [id.slice(0, -8), Effect, ...listOf(Action)]),
    );
    expect(asking).toEqual([
      ['ArchiverExportLogToS3Role', 'Allow', 'logs:DescribeExportTasks'],
      ['ArchiverCheckExportTaskRole', 'Allow', 'logs:DescribeExportTasks'],
      [
        'ArchiverWorkflowStateMachineRole',
        'Allow',
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
      ],
      [
        'ArchiverWorkflowStateMachineRole',
        'Allow',
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
      ],
    ]);
  });

  it('asks for no action by a pattern', () => {
    const actions = statementsOf(everything()).flatMap(({ Action }) => listOf(Action));
    expect(actions).toContain('logs:CreateExportTask');
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('gives each role these actions and no other', () => {
    const actions = Object.entries(rolesOf(everything())).map(([id, { inline, managed }]) => [
      id.slice(0, -8),
      ...[...inline, ...managed].flatMap(({ Statement }) => Statement.flatMap(({ Action }) => listOf(Action))),
    ]);
    const log = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    const expectedOfFunctions = [
      ['ArchiverExportLogToS3Role', ...log, 's3:PutObject', 'logs:DescribeExportTasks', 'logs:CreateExportTask'],
      ['ArchiverCheckExportTaskRole', ...log, 'logs:DescribeExportTasks'],
    ];
    expect(actions.slice(0, 2)).toEqual(expectedOfFunctions);
    expect(actions[2].filter((action) => !/^(logs|xray):/.test(action))).toEqual([
      'ArchiverWorkflowStateMachineRole',
      'lambda:InvokeFunction',
      'lambda:InvokeFunction',
      'states:StartExecution',
      'states:DescribeExecution',
      'states:StopExecution',
      'states:RedriveExecution',
    ]);
    expect(actions.slice(3)).toEqual([['ArchiverScheduleRole', 'states:StartExecution']]);
  });

  it('invokes the two functions themselves, not their versions', () => {
    const invoked = Object.values(resourcesOf(everything()))
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => (Properties.PolicyDocument as PolicyDocument).Statement)
      .filter(({ Action }) => Action === 'lambda:InvokeFunction')
      .map(({ Resource }) => Resource);
    expect(invoked).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverExportLogToS3Function/), 'Arn'] },
      { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverCheckExportTaskFunction/), 'Arn'] },
    ]);
  });

  it('uses no policy that AWS manages', () => {
    const stack = everything();
    expect(Object.keys(rolesOf(stack))).toHaveLength(4);
    const roles = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles.map(({ Properties }) => Properties.ManagedPolicyArns)).toEqual(roles.map(() => undefined));
    expect(JSON.stringify(resourcesOf(stack))).not.toContain(':iam::aws:policy');
  });

  it.each([
    [undefined, '/*'],
    ['', '/*'],
    ['logs', '/logs/*'],
    ['team/logs', '/team/logs/*'],
  ])('lets the export function write below its own keys only: with the key prefix %p, %p', (keyPrefix, keys) => {
    const writing = statementsOf(everything(keyPrefix)).filter(({ Action }) => listOf(Action).includes('s3:PutObject'));
    expect(writing.map(({ Resource }) => Resource)).toEqual([`arn:aws-us-gov:s3:::${'b'.repeat(63)}${keys}`]);
  });
});
