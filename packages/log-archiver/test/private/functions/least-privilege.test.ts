import {
  type ArchiveExecution,
  type ArchiveItem,
  partsPrefix,
  periodStatusKey,
  receiptKey,
  receiptsPrefix,
  runPrefix,
} from '@log-archiver/core';
import { getResources, importLogGroups, newArchiver, newStack } from '../../archiver-stack';
import { findRole, getRoles, getStatements, type PolicyDocument, type Statement, toList } from '../../policies';
import { ACTIONS } from './policy-cases';

const START = 'arn:aws-us-gov:logs:ap-southeast-1:123456789012:log-group:';
const BUCKET = `arn:aws-us-gov:s3:::${'b'.repeat(63)}`;
const MACHINE = 's'.repeat(80);

describe('the roles', () => {
  const createStack = (keyPrefix?: string) => {
    const stack = newStack();
    newArchiver(stack, { keyPrefix, logGroups: importLogGroups(stack, '/app/orders', 'plain') });
    return stack;
  };

  it('allow to export and to search only the named log groups, in both forms of their ARN', () => {
    const names = ['/app/orders', 'plain'];
    const statements = getStatements(createStack());
    for (const action of ACTIONS) {
      const allowing = statements.filter(({ Action }) => toList(Action).includes(action));
      expect(allowing.flatMap(({ Resource }) => toList(Resource))).toEqual(
        names.flatMap((name) => [START + name, `${START}${name}:*`]),
      );
    }
  });

  it('use * as resource only for actions that support nothing else', () => {
    const unrestricted = Object.entries(getRoles(createStack())).flatMap(([id, { inline, managed }]) =>
      [...inline, ...managed]
        .flatMap(({ Statement }) => Statement)
        .filter(({ Resource }) => toList(Resource).includes('*'))
        .map(({ Effect, Action }) => [id.slice(0, -8), Effect, ...toList(Action)]),
    );
    expect(unrestricted).toEqual([
      ['ArchiverPlanArchiveRole', 'Allow', 'logs:DescribeLogGroups', 'logs:ListLogGroups', 'logs:DescribeExportTasks'],
      ['ArchiverExportLogToS3Role', 'Allow', 'logs:DescribeExportTasks'],
      ['ArchiverCheckExportTaskRole', 'Allow', 'logs:DescribeExportTasks', 'logs:CancelExportTask'],
      ['ArchiverRecordArchiveRole', 'Allow', 'logs:DescribeLogGroups', 'logs:DescribeExportTasks'],
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

  it('use no pattern as action', () => {
    const actions = getStatements(createStack()).flatMap(({ Action }) => toList(Action));
    expect(actions).toContain('logs:CreateExportTask');
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('have exactly these actions', () => {
    const actions = Object.entries(getRoles(createStack())).map(([id, { inline, managed }]) => [
      id.slice(0, -8),
      ...[...inline, ...managed].flatMap(({ Statement }) => Statement.flatMap(({ Action }) => toList(Action))),
    ]);
    const log = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    const keep = ['s3:ListBucket', 's3:GetObject', 's3:PutObject'];
    expect(actions.slice(0, 4)).toEqual([
      [
        'ArchiverPlanArchiveRole',
        ...log,
        ...['logs:DescribeLogGroups', 'logs:ListLogGroups', 'logs:DescribeExportTasks'],
        ...['s3:ListBucket', 's3:GetObject', 's3:GetObject', 's3:PutObject'],
        ...['states:ListExecutions', 'states:DescribeExecution'],
      ],
      ['ArchiverExportLogToS3Role', ...log, 'logs:DescribeExportTasks', 's3:PutObject', 'logs:CreateExportTask'],
      ['ArchiverCheckExportTaskRole', ...log, 'logs:DescribeExportTasks', 'logs:CancelExportTask'],
      [
        'ArchiverRecordArchiveRole',
        ...log,
        'logs:DescribeLogGroups',
        'logs:DescribeExportTasks',
        ...keep,
        ...ACTIONS.slice(1),
      ],
    ]);
    expect(actions[4].filter((action) => !/^(logs|xray):/.test(action))).toEqual([
      'ArchiverWorkflowStateMachineRole',
      ...Array(4).fill('lambda:InvokeFunction'),
      'states:StartExecution',
      'states:DescribeExecution',
      'states:StopExecution',
      'states:RedriveExecution',
    ]);
    expect(actions.slice(5)).toEqual([['ArchiverScheduleRole', 'states:StartExecution', 'sqs:SendMessage']]);
  });

  it('allow to invoke the four functions, but not their versions', () => {
    const invoked = Object.values(getResources(createStack()))
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => (Properties.PolicyDocument as PolicyDocument).Statement)
      .filter(({ Action }) => Action === 'lambda:InvokeFunction')
      .map(({ Resource }) => Resource);
    expect(invoked).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverPlanArchiveFunction/), 'Arn'] },
      { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverExportLogToS3Function/), 'Arn'] },
      { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverCheckExportTaskFunction/), 'Arn'] },
      { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverRecordArchiveFunction/), 'Arn'] },
    ]);
  });

  it('use no AWS managed policy', () => {
    const stack = createStack();
    expect(Object.keys(getRoles(stack))).toHaveLength(6);
    const roles = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles.map(({ Properties }) => Properties.ManagedPolicyArns)).toEqual(roles.map(() => undefined));
    expect(JSON.stringify(getResources(stack))).not.toContain(':iam::aws:policy');
  });

  it('allow the planner to find runs of its state machine, in a policy on which no function depends', () => {
    const stack = createStack();
    const { inline } = findRole(stack, 'ArchiverPlanArchiveRole');
    const statements = inline.flatMap(({ Statement }) => Statement);
    expect(statements.filter(({ Action }) => toList(Action).some((each) => each.startsWith('states:')))).toEqual([
      {
        Effect: 'Allow',
        Action: 'states:ListExecutions',
        Resource: `arn:aws-us-gov:states:ap-southeast-1:123456789012:stateMachine:${MACHINE}`,
      },
      {
        Effect: 'Allow',
        Action: 'states:DescribeExecution',
        Resource: `arn:aws-us-gov:states:ap-southeast-1:123456789012:execution:${MACHINE}:*`,
      },
    ]);
    // The state machine depends on its functions: if they depended on this policy, the template would have a cycle.
    const resources = Object.entries(getResources(stack));
    const [policy] = resources.filter(([id]) => /^ArchiverWorkflowFindRuns/.test(id)).map(([id]) => id);
    const dependent = resources.filter(([id, resource]) => id !== policy && JSON.stringify(resource).includes(policy));
    expect([policy, dependent]).toEqual([expect.any(String), []]);
  });
});

describe.each([
  [undefined, ''],
  ['', ''],
  ['logs', 'logs/'],
  ['team/logs', 'team/logs/'],
])('the bucket permissions with the key prefix %p', (keyPrefix, keys) => {
  const stack = newStack();
  newArchiver(stack, { keyPrefix });
  const statements = (role: string) =>
    [findRole(stack, role)].flatMap(({ inline }) => inline.flatMap(({ Statement }) => Statement)).filter(isOfS3);
  const isOfS3 = ({ Action }: Statement) => toList(Action).some((each) => each.startsWith('s3:'));
  const StringEquals = { 's3:ResourceAccount': '123456789012' };
  const allowList = (prefix: string) => ({
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: BUCKET,
    Condition: { StringLike: { 's3:prefix': prefix }, StringEquals },
  });
  const allowReadWrite = (...folders: string[]) => ({
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: folders.map((folder) => `${BUCKET}/${keys}_log-archiver/${folder}/*`),
    Condition: { StringEquals },
  });
  const matches = (pattern: string, text: string) => text.startsWith(pattern.slice(0, -1)) && pattern.endsWith('*');

  it('allow the export function to write objects whose keys start with a year', () => {
    expect(statements('ArchiverExportLogToS3Role')).toEqual([
      {
        ...{ Effect: 'Allow', Action: 's3:PutObject', Resource: `${BUCKET}/${keys}20??/*` },
        Condition: { StringEqualsIfExists: StringEquals },
      },
    ]);
  });

  it('allow the check function nothing', () => {
    expect(statements('ArchiverCheckExportTaskRole')).toEqual([]);
  });

  it('allow the planner to list metadata, to read receipts, and to read and write runs and periods', () => {
    expect(statements('ArchiverPlanArchiveRole')).toEqual([
      allowList(`${keys}_log-archiver/*`),
      {
        ...{ Effect: 'Allow', Action: 's3:GetObject', Resource: `${BUCKET}/${keys}_log-archiver/receipts/*` },
        Condition: { StringEquals },
      },
      allowReadWrite('runs', 'periods'),
    ]);
  });

  it('allow the recorder to list the archive, and to read and write receipts and parts', () => {
    expect(statements('ArchiverRecordArchiveRole')).toEqual([
      allowList(`${keys}*`),
      allowReadWrite('receipts', 'parts'),
    ]);
  });

  it('match the keys of core, each to be written by one role only', () => {
    const location = { account: '1', region: 'r', keyPrefix: keyPrefix ?? '', timeZone: 'Asia/Tokyo' };
    const execution: ArchiveExecution = {
      id: '',
      name: 'run',
      startedAt: '2026-11-02T03:00:00Z',
      stateMachineArn: 'a:b',
    };
    const item = { logGroupName: '/a', s3Prefix: 'a', period: '2026-10' } as ArchiveItem;
    const key = (suffix: string) => `${BUCKET}/${suffix}`;
    const writers = (written: string) =>
      ['Plan', 'Record'].filter((name) =>
        statements(`Archiver${name}Archive`).some(
          ({ Action, Resource }) =>
            toList(Action).includes('s3:PutObject') && toList(Resource).some((each) => matches(each, key(written))),
        ),
      );
    expect(writers(`${runPrefix(location, execution)}report.json`)).toEqual(['Plan']);
    expect(writers(periodStatusKey(location, 'machine', '2026-10'))).toEqual(['Plan']);
    expect(writers(receiptKey(location, item, null))).toEqual(['Record']);
    expect(writers(`${partsPrefix(location, item)}1-2.json`)).toEqual(['Record']);
    for (const prefix of [receiptsPrefix(location, '2026-10'), partsPrefix(location, item)]) {
      expect(matches(`${keys}_log-archiver/*`, prefix)).toBe(true);
    }
  });
});
