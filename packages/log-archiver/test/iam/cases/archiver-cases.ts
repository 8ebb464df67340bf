import { checkpointKey, partKey, periodStatusKey, receiptKey, receiptsPrefix, runPrefix } from '@log-archiver/core';
import type { AccessCase } from './access-cases';
import { type DeployedStack, REGION } from './deployed-stack';

const ROLES = {
  plan: 'ArchiverPlanArchiveRole',
  export: 'ArchiverExportLogToS3Role',
  check: 'ArchiverCheckExportTaskRole',
  record: 'ArchiverRecordArchiveRole',
  machine: 'ArchiverWorkflowStateMachineRole',
  schedule: 'ArchiverScheduleRole',
};
type RoleName = keyof typeof ROLES;
const FUNCTIONS = {
  plan: 'ArchiverPlanArchive',
  export: 'ArchiverExportLogToS3',
  check: 'ArchiverCheckExportTask',
  record: 'ArchiverRecordArchive',
};
const FUNCTION_NAMES = Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[];

/** Actions that look for events which an export should contain. */
const SEARCHES = ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:StartQuery', 'logs:GetQueryResults'];

/** Returns the ARNs of an archiver's roles. */
export function getRoleArns(stack: DeployedStack): Record<RoleName, string> {
  const arns = Object.entries(ROLES).map(([name, start]) => [name, stack.arn('AWS::IAM::Role', start)]);
  return Object.fromEntries(arns) as Record<RoleName, string>;
}

/** Bucket and key prefix to which an archiver writes. */
export interface BucketLocation {
  readonly bucketName: string;
  /** Account of the bucket. */
  readonly owner: string;
  readonly keyPrefix: string;
}

/** Creates the keys that an archiver reads and writes, with the functions of core. */
export function createKeys(account: string, keyPrefix: string) {
  const location = { account, region: REGION, keyPrefix, timeZone: 'Asia/Tokyo' };
  const execution = { id: '', name: 'run', startedAt: '2026-11-02T03:00:00Z', stateMachineArn: 'a:b:machine' };
  const item = {
    logGroupName: '/app/orders',
    s3Prefix: 'app/orders',
    period: '2026-10',
    from: 1,
    to: 2,
  };
  return {
    receipt: receiptKey(location, item, null),
    part: partKey(location, item, null),
    report: `${runPrefix(location, execution)}report.json`,
    period: periodStatusKey(location, 'machine', '2026-10'),
    checkpoint: checkpointKey(location, 'machine'),
    receipts: receiptsPrefix(location, '2026-10'),
    archived: `${keyPrefix}/2026/10/app/orders/0f8fad5b-d9cb-469f-a165-70867728950e/stream/000000.gz`,
    permissionCheck: `${keyPrefix}/2026/10/app/orders/aws-logs-write-test`,
  };
}

/** Returns each call of the roles of an archiver of `/app/orders`, allowed for these roles only. */
export function listCalls(stack: DeployedStack, { bucketName, owner, keyPrefix }: BucketLocation): AccessCase[] {
  const roles = Object.entries(getRoleArns(stack)) as [RoleName, string][];
  const keys = createKeys(stack.account, keyPrefix);
  const bucket = `arn:aws:s3:::${bucketName}`;
  const logGroup = `arn:aws:logs:${REGION}:${stack.account}:log-group:/app/orders`;
  const machine = stack.arn('AWS::StepFunctions::StateMachine');
  const execution = machine.replace(':stateMachine:', ':execution:');
  const allowOnly = (
    by: RoleName[],
    action: string,
    resource: string,
    context?: Record<string, string>,
  ): AccessCase[] =>
    roles.map(([name, principal]) => ({
      description: `${name}: ${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ''}`,
      ...{ principal, action, resource, context, allowed: by.includes(name) },
      ...(resource.startsWith(bucket) ? { owner } : {}),
    }));
  const list = (by: RoleName[], prefix: string) => allowOnly(by, 's3:ListBucket', bucket, { 's3:prefix': prefix });
  const put = (by: RoleName[], key: string) =>
    allowOnly(by, 's3:PutObject', `${bucket}/${key}`, { 's3:ObjectCreationOperation': 'true' });
  const putOnce = (by: RoleName[], key: string) =>
    allowOnly(by, 's3:PutObject', `${bucket}/${key}`, {
      's3:ObjectCreationOperation': 'true',
      's3:if-none-match': '*',
    });
  return [
    ...FUNCTION_NAMES.flatMap((name) => {
      const ownLogGroup = stack.arn('AWS::Logs::LogGroup', FUNCTIONS[name]).slice(0, -':*'.length);
      return [
        ...allowOnly([name], 'logs:CreateLogStream', `${ownLogGroup}:log-stream:stream`),
        ...allowOnly([name], 'logs:PutLogEvents', `${ownLogGroup}:log-stream:stream`),
        ...allowOnly(['machine'], 'lambda:InvokeFunction', stack.arn('AWS::Lambda::Function', FUNCTIONS[name])),
      ];
    }),
    ...allowOnly(['plan', 'record', 'machine'], 'logs:DescribeLogGroups', '*'),
    ...allowOnly(['plan'], 'logs:ListLogGroups', '*'),
    ...allowOnly(['plan', 'export', 'check', 'record'], 'logs:DescribeExportTasks', '*'),
    ...allowOnly(['check'], 'logs:CancelExportTask', '*'),
    // AWS does not document which form of the ARN it checks.
    ...[logGroup, `${logGroup}:*`].flatMap((arn) => [
      ...allowOnly(['export'], 'logs:CreateExportTask', arn),
      ...SEARCHES.flatMap((action) => allowOnly(['record'], action, arn)),
    ]),
    ...put(['export'], keys.permissionCheck),
    ...put(['export'], keys.archived),
    ...put(['plan'], keys.report),
    ...put(['plan'], keys.period),
    ...put(['plan'], keys.checkpoint),
    ...putOnce(['record'], keys.receipt),
    ...putOnce(['record'], keys.part),
    ...[keys.report, keys.period, keys.checkpoint].flatMap((key) =>
      allowOnly(['plan'], 's3:GetObject', `${bucket}/${key}`),
    ),
    ...allowOnly(['plan', 'record'], 's3:GetObject', `${bucket}/${keys.receipt}`),
    ...allowOnly(['record'], 's3:GetObject', `${bucket}/${keys.part}`),
    ...list(['plan', 'record'], keys.receipts),
    ...list(['plan', 'record'], keys.part),
    ...list(['plan', 'record'], keys.checkpoint),
    ...list(['record'], keys.archived),
    ...allowOnly(['plan'], 'states:ListExecutions', machine),
    ...allowOnly(['plan', 'machine'], 'states:DescribeExecution', `${execution}:run`),
    ...allowOnly(['machine'], 'states:StopExecution', `${execution}:run`),
    ...allowOnly(['machine'], 'states:RedriveExecution', `${execution}/ArchiveEachLogGroup:child`),
    ...allowOnly(['machine', 'schedule'], 'states:StartExecution', machine),
    ...allowOnly(['schedule'], 'sqs:SendMessage', stack.arn('AWS::SQS::Queue')),
    ...['Create', 'Get', 'Update', 'Delete'].flatMap((verb) => allowOnly(['machine'], `logs:${verb}LogDelivery`, '*')),
    ...['logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'].flatMap((action) =>
      allowOnly(['machine'], action, '*'),
    ),
    ...['PutTraceSegments', 'PutTelemetryRecords', 'GetSamplingRules', 'GetSamplingTargets'].flatMap((action) =>
      allowOnly(['machine'], `xray:${action}`, '*'),
    ),
  ];
}

/** Returns calls that are denied for all roles. */
export function listAttacks(stack: DeployedStack, location: BucketLocation): AccessCase[] {
  const { bucketName, owner, keyPrefix } = location;
  const keys = createKeys(stack.account, keyPrefix);
  const bucket = `arn:aws:s3:::${bucketName}`;
  const machine = stack.arn('AWS::StepFunctions::StateMachine');
  const scope = `${REGION}:${stack.account}`;
  const at: Record<string, string[]> = {
    'iam:PassRole': Object.values(getRoleArns(stack)),
    'logs:CreateExportTask': [
      `arn:aws:logs:${scope}:log-group:/app/salaries`,
      `arn:aws:logs:us-east-1:${stack.account}:log-group:/app/orders`,
      `arn:aws:logs:${REGION}:333333333333:log-group:/app/orders`,
    ],
    ...Object.fromEntries(SEARCHES.map((action) => [action, [`arn:aws:logs:${scope}:log-group:/app/salaries`]])),
    'logs:DeleteLogGroup': [`arn:aws:logs:${scope}:log-group:/app/orders`],
    'logs:DeleteLogStream': FUNCTION_NAMES.map(
      (name) => `${stack.arn('AWS::Logs::LogGroup', FUNCTIONS[name]).slice(0, -':*'.length)}:log-stream:stream`,
    ),
    'logs:PutLogEvents': [`arn:aws:logs:${scope}:log-group:/app/orders:log-stream:forged`],
    'lambda:UpdateFunctionCode': FUNCTION_NAMES.map((name) => stack.arn('AWS::Lambda::Function', FUNCTIONS[name])),
    'lambda:InvokeFunction': [`arn:aws:lambda:${scope}:function:foreign`],
    'states:StartExecution': [`arn:aws:states:${scope}:stateMachine:Foreign`],
    'states:ListExecutions': [`arn:aws:states:${scope}:stateMachine:Foreign`],
    'states:DescribeExecution': [`arn:aws:states:${scope}:execution:Foreign:run`],
    'states:StopExecution': [`arn:aws:states:${scope}:execution:Foreign:run`],
    'states:RedriveExecution': [`arn:aws:states:${scope}:execution:Foreign/Map:child`],
    'states:GetExecutionHistory': ['/ArchiveEachLogGroup:child', ':run'].map(
      (end) => machine.replace(':stateMachine:', ':execution:') + end,
    ),
    'states:UpdateStateMachine': [machine],
    'states:DeleteStateMachine': [machine],
    'xray:DeleteSamplingRule': [`arn:aws:xray:${scope}:sampling-rule/rule`],
    's3:GetObject': [`${bucket}/${keys.archived}`, `${bucket}/elsewhere/_log-archiver/receipts/one.json`],
    's3:PutObject': ['2026/10/elsewhere', 'elsewhere/_log-archiver/receipts/one', `${keyPrefix}/notes`].map(
      (key) => `${bucket}/${key}`,
    ),
    's3:DeleteObject': Object.values(keys).map((key) => `${bucket}/${key}`),
    's3:DeleteObjectVersion': [`${bucket}/${keys.receipt}`, `${bucket}/${keys.archived}`],
    's3:BypassGovernanceRetention': [`${bucket}/${keys.receipt}`],
    's3:PutBucketPolicy': [bucket],
    's3:DeleteBucket': [bucket],
    's3:PutLifecycleConfiguration': [bucket],
  };
  const roles = Object.entries(getRoleArns(stack));
  const accessCase = (
    name: string,
    principal: string,
    action: string,
    resource: string,
    context?: Record<string, string>,
  ): AccessCase => ({
    description: `${name}: ${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ''}`,
    ...{ principal, action, resource, context, allowed: false },
    ...(resource.startsWith(bucket) ? { owner } : {}),
  });
  return [
    ...moveToAnotherAccount(listCalls(stack, location)),
    ...roles.flatMap(([name, principal]) => [
      ...Object.entries(at).flatMap(([action, resources]) =>
        resources.map((resource) => accessCase(name, principal, action, resource)),
      ),
      ...['', '2026/', 'elsewhere/'].map((prefix) =>
        accessCase(name, principal, 's3:ListBucket', bucket, { 's3:prefix': prefix }),
      ),
      accessCase(name, principal, 's3:ListBucket', 'arn:aws:s3:::another', { 's3:prefix': keys.receipts }),
      accessCase(name, principal, 's3:ListBucketVersions', bucket, { 's3:prefix': keys.receipts }),
    ]),
  ];
}

/** Another account may have taken the name of the bucket first, and opened its bucket to everyone. */
function moveToAnotherAccount(calls: AccessCase[]): AccessCase[] {
  return calls
    .filter(({ action, allowed }) => allowed && action.startsWith('s3:'))
    .map((accessCase) => ({
      ...accessCase,
      description: `${accessCase.description} in another account`,
      context: { ...accessCase.context, 's3:ResourceAccount': '333333333333' },
      allowed: false,
    }));
}
