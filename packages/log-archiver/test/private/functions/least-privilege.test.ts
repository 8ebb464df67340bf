import {
  type ArchiveExecution,
  type ArchiveItem,
  partsPrefix,
  periodStatusKey,
  receiptKey,
  receiptsPrefix,
  runPrefix,
} from '@log-archiver/core';
import { importLogGroups, newArchiver, newStack, getResources } from '../../archiver-stack';
import { toList, type PolicyDocument, findRole, getRoles, type Statement, getStatements } from '../../policies';

const START = 'arn:aws-us-gov:logs:ap-southeast-1:123456789012:log-group:';
const BUCKET = `arn:aws-us-gov:s3:::${'b'.repeat(63)}`;
const MACHINE = 's'.repeat(80);

describe('least privilege', () => {
  const everything = (keyPrefix?: string) => {
    const stack = newStack();
    newArchiver(stack, { keyPrefix, logGroups: importLogGroups(stack, '/app/orders', 'plain') });
    return stack;
  };

  it('lets nothing but the named log groups be exported, in both forms of their ARN', () => {
    const names = ['/app/orders', 'plain'];
    const statements = getStatements(everything());
    for (const action of ['logs:CreateExportTask', 'logs:FilterLogEvents']) {
      const allowing = statements.filter(({ Action }) => toList(Action).includes(action));
      expect(allowing.flatMap(({ Resource }) => toList(Resource))).toEqual(
        names.flatMap((name) => [START + name, `${START}${name}:*`]),
      );
    }
  });

  it('asks for all resources only where AWS knows none to name', () => {
    const asking = Object.entries(getRoles(everything())).flatMap(([id, { inline, managed }]) =>
      [...inline, ...managed]
        .flatMap(({ Statement }) => Statement)
        .filter(({ Resource }) => toList(Resource).includes('*'))
        .map(({ Effect, Action }) => [id.slice(0, -8), Effect, ...toList(Action)]),
    );
    expect(asking).toEqual([
      ['ArchiverPlanArchiveRole', 'Allow', 'logs:DescribeLogGroups', 'logs:ListLogGroups', 'logs:DescribeExportTasks'],
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
    const actions = getStatements(everything()).flatMap(({ Action }) => toList(Action));
    expect(actions).toContain('logs:CreateExportTask');
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('gives each role these actions and no other', () => {
    const actions = Object.entries(getRoles(everything())).map(([id, { inline, managed }]) => [
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
        ...keep,
        ...['states:ListExecutions', 'states:DescribeExecution'],
      ],
      ['ArchiverExportLogToS3Role', ...log, 'logs:DescribeExportTasks', 's3:PutObject', 'logs:CreateExportTask'],
      ['ArchiverCheckExportTaskRole', ...log, 'logs:DescribeExportTasks'],
      ['ArchiverRecordArchiveRole', ...log, ...keep, 'logs:FilterLogEvents'],
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

  it('invokes the four functions themselves, not their versions', () => {
    const invoked = Object.values(getResources(everything()))
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

  it('uses no policy that AWS manages', () => {
    const stack = everything();
    expect(Object.keys(getRoles(stack))).toHaveLength(6);
    const roles = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles.map(({ Properties }) => Properties.ManagedPolicyArns)).toEqual(roles.map(() => undefined));
    expect(JSON.stringify(getResources(stack))).not.toContain(':iam::aws:policy');
  });

  it('lets the planner find the runs of its own state machine, by a policy that no function waits for', () => {
    const stack = everything();
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
    // The state machine waits for its functions: a template in which they waited for this policy would be a circle.
    const resources = Object.entries(getResources(stack));
    const [policy] = resources.filter(([id]) => /^ArchiverWorkflowFindRuns/.test(id)).map(([id]) => id);
    const waiting = resources.filter(([id, resource]) => id !== policy && JSON.stringify(resource).includes(policy));
    expect([policy, waiting]).toEqual([expect.any(String), []]);
  });
});

describe.each([
  [undefined, ''],
  ['', ''],
  ['logs', 'logs/'],
  ['team/logs', 'team/logs/'],
])('in the bucket, with the key prefix %p,', (keyPrefix, keys) => {
  const stack = newStack();
  newArchiver(stack, { keyPrefix });
  const statements = (role: string) =>
    [findRole(stack, role)].flatMap(({ inline }) => inline.flatMap(({ Statement }) => Statement)).filter(isOfS3);
  const isOfS3 = ({ Action }: Statement) => toList(Action).some((each) => each.startsWith('s3:'));
  const StringEquals = { 's3:ResourceAccount': '123456789012' };
  const list = (prefix: string) => ({
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: BUCKET,
    Condition: { StringLike: { 's3:prefix': prefix }, StringEquals },
  });
  const readAndWrite = (...folders: string[]) => ({
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: folders.map((folder) => `${BUCKET}/${keys}_log-archiver/${folder}/*`),
    Condition: { StringEquals },
  });
  const matches = (pattern: string, text: string) => text.startsWith(pattern.slice(0, -1)) && pattern.endsWith('*');

  it('the export function writes the objects of exports, whose keys start with a year', () => {
    expect(statements('ArchiverExportLogToS3Role')).toEqual([
      {
        ...{ Effect: 'Allow', Action: 's3:PutObject', Resource: `${BUCKET}/${keys}????/*` },
        Condition: { StringEqualsIfExists: StringEquals },
      },
    ]);
  });

  it('the check function does nothing', () => {
    expect(statements('ArchiverCheckExportTaskRole')).toEqual([]);
  });

  it('the planner lists what the archiver wrote itself, and reads and writes runs and periods', () => {
    expect(statements('ArchiverPlanArchiveRole')).toEqual([
      list(`${keys}_log-archiver/*`),
      readAndWrite('runs', 'periods'),
    ]);
  });

  it('the recorder lists the archive, and reads and writes receipts and parts', () => {
    expect(statements('ArchiverRecordArchiveRole')).toEqual([list(`${keys}*`), readAndWrite('receipts', 'parts')]);
  });

  it('both write the keys that core makes, and no other role does', () => {
    const place = { account: '1', region: 'r', keyPrefix: keyPrefix ?? '', timeZone: 'Asia/Tokyo' };
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
    expect(writers(`${runPrefix(place, execution)}report.json`)).toEqual(['Plan']);
    expect(writers(periodStatusKey(place, execution, '2026-10'))).toEqual(['Plan']);
    expect(writers(receiptKey(place, item, null))).toEqual(['Record']);
    expect(writers(`${partsPrefix(place, item)}1-2.json`)).toEqual(['Record']);
    for (const prefix of [receiptsPrefix(place, '2026-10'), partsPrefix(place, item)]) {
      expect(matches(`${keys}_log-archiver/*`, prefix)).toBe(true);
    }
  });
});
