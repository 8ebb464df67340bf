import type { AccessCase } from './access-cases';
import { type BucketLocation, createKeys } from './archiver-cases';
import { type DeployedStack, REGION } from './deployed-stack';

export const LOGS = `logs.${REGION}.amazonaws.com`;
const FOREIGN_ACCOUNT = '333333333333';
const ARCHIVER = { id: 'Archiver', functionIds: ['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive'] };

/** Returns the context in which CloudWatch Logs calls S3 for an account. */
export function actingFor(account: string, logGroup = `${account}:log-group:/app/orders`) {
  return { 'aws:SourceAccount': account, 'aws:SourceArn': `arn:aws:logs:${REGION}:${logGroup}` };
}

const WITH_ACL = { 's3:x-amz-acl': 'bucket-owner-full-control', 's3:ObjectCreationOperation': 'true' };

/**
 * Returns the calls of CloudWatch Logs on the bucket for an export of an account, and the calls of a confused deputy.
 */
export function listExportCalls(account: string, { bucketName, owner, keyPrefix }: BucketLocation): AccessCase[] {
  const keys = createKeys(account, keyPrefix);
  const bucket = `arn:aws:s3:::${bucketName}`;
  const accessCase = (
    allowed: boolean,
    why: string,
    action: string,
    resource: string,
    context: Record<string, string>,
  ): AccessCase => ({
    description: `${why}: ${action} on ${resource}`,
    ...{ principal: LOGS, action, resource, owner, context, allowed },
  });
  const own = actingFor(account);
  const { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceAccount } = own;
  const wrong: [string, Record<string, string>][] = [
    ['for no account', {}],
    ['for an account without a log group', { 'aws:SourceAccount': sourceAccount }],
    ['for a log group without an account', { 'aws:SourceArn': sourceArn }],
    ['for a foreign account', actingFor(FOREIGN_ACCOUNT)],
    ['for a foreign account with a log group of this account', { ...own, 'aws:SourceAccount': FOREIGN_ACCOUNT }],
    ['for a log group of a foreign account', actingFor(account, `${FOREIGN_ACCOUNT}:log-group:/app/orders`)],
    ['for a log group of another Region', { ...own, 'aws:SourceArn': sourceArn.replace(REGION, 'us-east-1') }],
    ['for another resource than a log group', actingFor(account, `${account}:delivery:one`)],
    ['over plain HTTP', { ...own, 'aws:SecureTransport': 'false' }],
    ['over TLS 1.1', { ...own, 's3:TlsVersion': '1.1' }],
  ];
  const put = (allowed: boolean, why: string, key: string, context: Record<string, string>) =>
    accessCase(allowed, why, 's3:PutObject', `${bucket}/${key}`, context);
  return [
    accessCase(true, 'for this account', 's3:GetBucketAcl', bucket, own),
    put(true, 'for this account', keys.permissionCheck, { ...own, ...WITH_ACL }),
    put(true, 'for this account', keys.archived, { ...own, ...WITH_ACL }),
    put(true, 'over TLS 1.2', keys.archived, { ...own, ...WITH_ACL, 's3:TlsVersion': '1.2' }),
    ...wrong.flatMap(([why, context]) => [
      accessCase(false, why, 's3:GetBucketAcl', bucket, context),
      put(false, why, keys.archived, { ...WITH_ACL, ...context }),
    ]),
    put(false, 'for a foreign account, under its ID', `${FOREIGN_ACCOUNT}/2026/10/a`, {
      ...actingFor(FOREIGN_ACCOUNT),
      ...WITH_ACL,
    }),
    put(false, 'without an ACL', keys.archived, own),
    put(false, 'with an ACL of its own', keys.archived, { ...own, ...WITH_ACL, 's3:x-amz-acl': 'private' }),
    put(false, 'outside the key prefix', 'elsewhere/2026/10/a', { ...own, ...WITH_ACL }),
    ...[keys.receipt, keys.part, keys.report, keys.period, keys.checkpoint].map((key) =>
      put(false, 'over the records of the archiver', key, { ...own, ...WITH_ACL, 's3:if-none-match': '*' }),
    ),
    put(false, 'in a folder that is no year', `${keyPrefix}/Asia/a`, { ...own, ...WITH_ACL }),
    ...['s3:GetObject', 's3:DeleteObject', 's3:PutObjectAcl'].map((action) =>
      accessCase(false, 'for this account', action, `${bucket}/${keys.archived}`, { ...own, ...WITH_ACL }),
    ),
    ...['s3:ListBucket', 's3:PutBucketAcl', 's3:PutBucketPolicy'].map((action) =>
      accessCase(false, 'for this account', action, bucket, own),
    ),
    ...['logs.us-east-1.amazonaws.com', 'delivery.logs.amazonaws.com', 'cloudtrail.amazonaws.com'].flatMap(
      (principal) => [
        { ...accessCase(false, `${principal} for this account`, 's3:GetBucketAcl', bucket, own), principal },
        { ...put(false, `${principal} for this account`, keys.archived, { ...own, ...WITH_ACL }), principal },
      ],
    ),
  ];
}

/** Returns who may assume the roles of an archiver, or of another construct with a state machine and a schedule. */
export function listTrustCases(
  stack: DeployedStack,
  administrators: string[],
  { id, functionIds } = ARCHIVER,
): AccessCase[] {
  const { account } = stack;
  const role = (start: string) => stack.arn('AWS::IAM::Role', start);
  const functions = functionIds.map((name) => `${id}${name}Role`);
  const [machine, schedule] = [`${id}WorkflowStateMachineRole`, `${id}ScheduleRole`];
  const stateMachine = (owner: string): Record<string, string> => ({
    'aws:SourceAccount': owner,
    'aws:SourceArn': `arn:aws:states:${REGION}:${owner}:stateMachine:Any`,
  });
  const group = (owner: string, name = 'default'): Record<string, string> => ({
    'aws:SourceAccount': owner,
    'aws:SourceArn': `arn:aws:scheduler:${REGION}:${owner}:schedule-group/${name}`,
  });
  const assume = (
    allowed: boolean,
    principal: string,
    start: string,
    context: Record<string, string> = {},
  ): AccessCase => ({
    description: `${principal}: sts:AssumeRole on ${start} with ${JSON.stringify(context)}`,
    ...{ principal, action: 'sts:AssumeRole', resource: role(start), owner: account, context, allowed },
  });
  const services = ['lambda', 'states', 'scheduler', 'ec2'].map((name) => `${name}.amazonaws.com`);
  const right = new Map<string, [string, Record<string, string>]>([
    ...functions.map((start) => [start, ['lambda.amazonaws.com', {}]] as const),
    [machine, ['states.amazonaws.com', stateMachine(account)]],
    [schedule, ['scheduler.amazonaws.com', group(account)]],
  ] as [string, [string, Record<string, string>]][]);
  return [
    ...[...right].flatMap(([start, [trusted, context]]) => [
      ...services.map((service) => assume(service === trusted, service, start, context)),
      ...administrators.map((principal) => assume(false, principal, start, context)),
      {
        ...assume(false, trusted, start, context),
        description: `${trusted}: sts:TagSession on ${start}`,
        action: 'sts:TagSession',
      },
    ]),
    ...[{}, stateMachine(FOREIGN_ACCOUNT), { 'aws:SourceAccount': account }].map((context) =>
      assume(false, 'states.amazonaws.com', machine, context),
    ),
    assume(false, 'states.amazonaws.com', machine, { ...stateMachine(FOREIGN_ACCOUNT), 'aws:SourceAccount': account }),
    assume(false, 'states.amazonaws.com', machine, { ...stateMachine(account), 'aws:SourceAccount': FOREIGN_ACCOUNT }),
    ...[{}, group(FOREIGN_ACCOUNT), group(account, 'other'), { 'aws:SourceAccount': account }].map((context) =>
      assume(false, 'scheduler.amazonaws.com', schedule, context),
    ),
    assume(false, 'scheduler.amazonaws.com', schedule, { ...group(account), 'aws:SourceAccount': FOREIGN_ACCOUNT }),
  ];
}
