import { checkpointKey, partKey, periodStatusKey, receiptKey, receiptsPrefix, runPrefix } from '@log-archiver/core';
import type { Row } from './access-cases';
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

/** The ARNs of an archiver's roles. */
export function rolesOf(stack: DeployedStack): Record<RoleName, string> {
  const arns = Object.entries(ROLES).map(([name, start]) => [name, stack.arn('AWS::IAM::Role', start)]);
  return Object.fromEntries(arns) as Record<RoleName, string>;
}

/** Where an archiver writes. */
export interface Place {
  readonly bucketName: string;
  /** The account that owns the bucket. */
  readonly owner: string;
  readonly keyPrefix: string;
}

/** The keys that the archiver writes and reads, as core makes them. */
export function keysOf(account: string, keyPrefix: string) {
  const place = { account, region: REGION, keyPrefix, timeZone: 'Asia/Tokyo' };
  const execution = { id: '', name: 'run', startedAt: '2026-11-02T03:00:00Z', stateMachineArn: 'a:b:machine' };
  const item = {
    logGroupName: '/app/orders',
    s3Prefix: 'app/orders',
    period: '2026-10',
    from: 1,
    to: 2,
  };
  return {
    receipt: receiptKey(place, item, null),
    part: partKey(place, item, null),
    report: `${runPrefix(place, execution)}report.json`,
    period: periodStatusKey(place, execution, '2026-10'),
    lookedAt: checkpointKey(place, execution),
    receipts: receiptsPrefix(place, '2026-10'),
    archived: `${keyPrefix}/2026/10/app/orders/0f8fad5b-d9cb-469f-a165-70867728950e/stream/000000.gz`,
    permissionCheck: `${keyPrefix}/2026/10/app/orders/aws-logs-write-test`,
  };
}

/** Each call that the roles of an archiver of `/app/orders` make, and that no other of its roles may. */
export function callsOf(stack: DeployedStack, { bucketName, owner, keyPrefix }: Place): Row[] {
  const roles = Object.entries(rolesOf(stack)) as [RoleName, string][];
  const keys = keysOf(stack.account, keyPrefix);
  const bucket = `arn:aws:s3:::${bucketName}`;
  const logGroup = `arn:aws:logs:${REGION}:${stack.account}:log-group:/app/orders`;
  const machine = stack.arn('AWS::StepFunctions::StateMachine');
  const execution = machine.replace(':stateMachine:', ':execution:');
  const only = (by: RoleName[], action: string, resource: string, context?: Record<string, string>): Row[] =>
    roles.map(([name, principal]) => ({
      what: `${name}: ${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ''}`,
      ...{ principal, action, resource, context, allowed: by.includes(name) },
      ...(resource.startsWith(bucket) ? { owner } : {}),
    }));
  const list = (by: RoleName[], prefix: string) => only(by, 's3:ListBucket', bucket, { 's3:prefix': prefix });
  const put = (by: RoleName[], key: string) =>
    only(by, 's3:PutObject', `${bucket}/${key}`, { 's3:ObjectCreationOperation': 'true' });
  const putOnce = (by: RoleName[], key: string) =>
    only(by, 's3:PutObject', `${bucket}/${key}`, { 's3:ObjectCreationOperation': 'true', 's3:if-none-match': '*' });
  return [
    ...FUNCTION_NAMES.flatMap((name) => {
      const ownLogGroup = stack.arn('AWS::Logs::LogGroup', FUNCTIONS[name]).slice(0, -':*'.length);
      return [
        ...only([name], 'logs:CreateLogStream', `${ownLogGroup}:log-stream:stream`),
        ...only([name], 'logs:PutLogEvents', `${ownLogGroup}:log-stream:stream`),
        ...only(['machine'], 'lambda:InvokeFunction', stack.arn('AWS::Lambda::Function', FUNCTIONS[name])),
      ];
    }),
    ...only(['plan', 'machine'], 'logs:DescribeLogGroups', '*'),
    ...only(['plan'], 'logs:ListLogGroups', '*'),
    ...only(['plan', 'export', 'check'], 'logs:DescribeExportTasks', '*'),
    // AWS does not say which form of the ARN it asks for.
    ...[logGroup, `${logGroup}:*`].flatMap((arn) => [
      ...only(['export'], 'logs:CreateExportTask', arn),
      ...only(['record'], 'logs:FilterLogEvents', arn),
    ]),
    ...put(['export'], keys.permissionCheck),
    ...put(['export'], keys.archived),
    ...put(['plan'], keys.report),
    ...put(['plan'], keys.period),
    ...put(['plan'], keys.lookedAt),
    ...putOnce(['record'], keys.receipt),
    ...putOnce(['record'], keys.part),
    ...[keys.report, keys.period, keys.lookedAt].flatMap((key) => only(['plan'], 's3:GetObject', `${bucket}/${key}`)),
    ...[keys.receipt, keys.part].flatMap((key) => only(['record'], 's3:GetObject', `${bucket}/${key}`)),
    ...list(['plan', 'record'], keys.receipts),
    ...list(['plan', 'record'], keys.part),
    ...list(['plan', 'record'], keys.lookedAt),
    ...list(['record'], keys.archived),
    ...only(['plan'], 'states:ListExecutions', machine),
    ...only(['plan', 'machine'], 'states:DescribeExecution', `${execution}:run`),
    ...only(['machine'], 'states:StopExecution', `${execution}:run`),
    ...only(['machine'], 'states:RedriveExecution', `${execution}/ArchiveEachLogGroup:child`),
    ...only(['machine', 'schedule'], 'states:StartExecution', machine),
    ...only(['schedule'], 'sqs:SendMessage', stack.arn('AWS::SQS::Queue')),
    ...['Create', 'Get', 'Update', 'Delete'].flatMap((verb) => only(['machine'], `logs:${verb}LogDelivery`, '*')),
    ...['logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'].flatMap((action) =>
      only(['machine'], action, '*'),
    ),
    ...['PutTraceSegments', 'PutTelemetryRecords', 'GetSamplingRules', 'GetSamplingTargets'].flatMap((action) =>
      only(['machine'], `xray:${action}`, '*'),
    ),
  ];
}

/** What none of the roles may. */
export function attacksOf(stack: DeployedStack, place: Place): Row[] {
  const { bucketName, owner, keyPrefix } = place;
  const keys = keysOf(stack.account, keyPrefix);
  const bucket = `arn:aws:s3:::${bucketName}`;
  const machine = stack.arn('AWS::StepFunctions::StateMachine');
  const scope = `${REGION}:${stack.account}`;
  const at: Record<string, string[]> = {
    'iam:PassRole': Object.values(rolesOf(stack)),
    'logs:CreateExportTask': [
      `arn:aws:logs:${scope}:log-group:/app/salaries`,
      `arn:aws:logs:us-east-1:${stack.account}:log-group:/app/orders`,
      `arn:aws:logs:${REGION}:333333333333:log-group:/app/orders`,
    ],
    'logs:FilterLogEvents': [`arn:aws:logs:${scope}:log-group:/app/salaries`],
    'logs:CancelExportTask': ['*'],
    'logs:DeleteLogGroup': [`arn:aws:logs:${scope}:log-group:/app/orders`],
    'logs:DeleteLogStream': FUNCTION_NAMES.map(
      (name) => `${stack.arn('AWS::Logs::LogGroup', FUNCTIONS[name]).slice(0, -':*'.length)}:log-stream:stream`,
    ),
    'logs:PutLogEvents': [`arn:aws:logs:${scope}:log-group:/app/orders:log-stream:forged`],
    'lambda:UpdateFunctionCode': FUNCTION_NAMES.map((name) => stack.arn('AWS::Lambda::Function', FUNCTIONS[name])),
    'lambda:InvokeFunction': [`arn:aws:lambda:${scope}:function:somebody-elses`],
    'states:StartExecution': [`arn:aws:states:${scope}:stateMachine:SomebodyElses`],
    'states:ListExecutions': [`arn:aws:states:${scope}:stateMachine:SomebodyElses`],
    'states:DescribeExecution': [`arn:aws:states:${scope}:execution:SomebodyElses:run`],
    'states:StopExecution': [`arn:aws:states:${scope}:execution:SomebodyElses:run`],
    'states:RedriveExecution': [`arn:aws:states:${scope}:execution:SomebodyElses/Map:child`],
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
  const roles = Object.entries(rolesOf(stack));
  const row = (
    name: string,
    principal: string,
    action: string,
    resource: string,
    context?: Record<string, string>,
  ): Row => ({
    what: `${name}: ${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ''}`,
    ...{ principal, action, resource, context, allowed: false },
    ...(resource.startsWith(bucket) ? { owner } : {}),
  });
  return [
    ...inAnotherAccount(callsOf(stack, place)),
    ...roles.flatMap(([name, principal]) => [
      ...Object.entries(at).flatMap(([action, resources]) =>
        resources.map((resource) => row(name, principal, action, resource)),
      ),
      ...['', '2026/', 'elsewhere/'].map((prefix) =>
        row(name, principal, 's3:ListBucket', bucket, { 's3:prefix': prefix }),
      ),
      row(name, principal, 's3:ListBucket', 'arn:aws:s3:::another', { 's3:prefix': keys.receipts }),
      row(name, principal, 's3:ListBucketVersions', bucket, { 's3:prefix': keys.receipts }),
    ]),
  ];
}

/** Somebody may have taken the name of the bucket before, and let everybody in. */
function inAnotherAccount(calls: Row[]): Row[] {
  return calls
    .filter(({ action, allowed }) => allowed && action.startsWith('s3:'))
    .map((row) => ({
      ...row,
      what: `${row.what} in another account`,
      context: { ...row.context, 's3:ResourceAccount': '333333333333' },
      allowed: false,
    }));
}
