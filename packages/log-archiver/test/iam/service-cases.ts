import type { Row } from './access-cases';
import { keysOf, type Place } from './archiver-cases';
import { type DeployedStack, REGION } from './deployed-stack';

export const LOGS = `logs.${REGION}.amazonaws.com`;
const STRANGER = '333333333333';

/** What CloudWatch Logs says of whom it acts for. */
export function actingFor(account: string, logGroup = `${account}:log-group:/app/orders`) {
  return { 'aws:SourceAccount': account, 'aws:SourceArn': `arn:aws:logs:${REGION}:${logGroup}` };
}

const WITH_ACL = { 's3:x-amz-acl': 'bucket-owner-full-control', 's3:ObjectCreationOperation': 'true' };

/** The calls of CloudWatch Logs on the bucket, for an export of an account, and those of somebody who would use it. */
export function exportsOf(account: string, { bucketName, owner, keyPrefix }: Place): Row[] {
  const keys = keysOf(account, keyPrefix);
  const bucket = `arn:aws:s3:::${bucketName}`;
  const row = (
    allowed: boolean,
    why: string,
    action: string,
    resource: string,
    context: Record<string, string>,
  ): Row => ({
    what: `${why}: ${action} on ${resource}`,
    ...{ principal: LOGS, action, resource, owner, context, allowed },
  });
  const own = actingFor(account);
  const { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceAccount } = own;
  const wrong: [string, Record<string, string>][] = [
    ['for nobody', {}],
    ['for an account without a log group', { 'aws:SourceAccount': sourceAccount }],
    ['for a log group without an account', { 'aws:SourceArn': sourceArn }],
    ['for a stranger', actingFor(STRANGER)],
    ['for a stranger with a log group from here', { ...own, 'aws:SourceAccount': STRANGER }],
    ['for a log group of a stranger', actingFor(account, `${STRANGER}:log-group:/app/orders`)],
    ['for a log group of another Region', { ...own, 'aws:SourceArn': sourceArn.replace(REGION, 'us-east-1') }],
    ['for something else than a log group', actingFor(account, `${account}:delivery:one`)],
    ['over plain HTTP', { ...own, 'aws:SecureTransport': 'false' }],
    ['over TLS 1.1', { ...own, 's3:TlsVersion': '1.1' }],
  ];
  const put = (allowed: boolean, why: string, key: string, context: Record<string, string>) =>
    row(allowed, why, 's3:PutObject', `${bucket}/${key}`, context);
  return [
    row(true, 'for us', 's3:GetBucketAcl', bucket, own),
    put(true, 'for us', keys.permissionCheck, { ...own, ...WITH_ACL }),
    put(true, 'for us', keys.archived, { ...own, ...WITH_ACL }),
    put(true, 'over TLS 1.2', keys.archived, { ...own, ...WITH_ACL, 's3:TlsVersion': '1.2' }),
    ...wrong.flatMap(([why, context]) => [
      row(false, why, 's3:GetBucketAcl', bucket, context),
      put(false, why, keys.archived, { ...WITH_ACL, ...context }),
    ]),
    put(false, 'for a stranger, below its number', `${STRANGER}/2026/10/a`, { ...actingFor(STRANGER), ...WITH_ACL }),
    put(false, 'without an ACL', keys.archived, own),
    put(false, 'with an ACL of its own', keys.archived, { ...own, ...WITH_ACL, 's3:x-amz-acl': 'private' }),
    put(false, 'outside the key prefix', 'elsewhere/2026/10/a', { ...own, ...WITH_ACL }),
    put(false, 'over a receipt', keys.receipt, { ...own, ...WITH_ACL }),
    ...['s3:GetObject', 's3:DeleteObject', 's3:PutObjectAcl'].map((action) =>
      row(false, 'for us', action, `${bucket}/${keys.archived}`, { ...own, ...WITH_ACL }),
    ),
    ...['s3:ListBucket', 's3:PutBucketAcl', 's3:PutBucketPolicy'].map((action) =>
      row(false, 'for us', action, bucket, own),
    ),
    ...['logs.us-east-1.amazonaws.com', 'delivery.logs.amazonaws.com', 'cloudtrail.amazonaws.com'].flatMap(
      (principal) => [
        { ...row(false, `${principal} for us`, 's3:GetBucketAcl', bucket, own), principal },
        { ...put(false, `${principal} for us`, keys.archived, { ...own, ...WITH_ACL }), principal },
      ],
    ),
  ];
}

/** Who takes the roles of an archiver, and who may not. */
export function trustOf(stack: DeployedStack, administrators: string[]): Row[] {
  const { account } = stack;
  const role = (start: string) => stack.arn('AWS::IAM::Role', start);
  const functions = ['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive'].map(
    (name) => `Archiver${name}Role`,
  );
  const [machine, schedule] = ['ArchiverWorkflowStateMachineRole', 'ArchiverScheduleRole'];
  const stateMachine = (owner: string): Record<string, string> => ({
    'aws:SourceAccount': owner,
    'aws:SourceArn': `arn:aws:states:${REGION}:${owner}:stateMachine:Any`,
  });
  const group = (owner: string, name = 'default'): Record<string, string> => ({
    'aws:SourceAccount': owner,
    'aws:SourceArn': `arn:aws:scheduler:${REGION}:${owner}:schedule-group/${name}`,
  });
  const assume = (allowed: boolean, principal: string, start: string, context: Record<string, string> = {}): Row => ({
    what: `${principal}: sts:AssumeRole on ${start} with ${JSON.stringify(context)}`,
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
        what: `${trusted}: sts:TagSession on ${start}`,
        action: 'sts:TagSession',
      },
    ]),
    ...[{}, stateMachine(STRANGER), { 'aws:SourceAccount': account }].map((context) =>
      assume(false, 'states.amazonaws.com', machine, context),
    ),
    assume(false, 'states.amazonaws.com', machine, { ...stateMachine(STRANGER), 'aws:SourceAccount': account }),
    assume(false, 'states.amazonaws.com', machine, { ...stateMachine(account), 'aws:SourceAccount': STRANGER }),
    ...[{}, group(STRANGER), group(account, 'other'), { 'aws:SourceAccount': account }].map((context) =>
      assume(false, 'scheduler.amazonaws.com', schedule, context),
    ),
    assume(false, 'scheduler.amazonaws.com', schedule, { ...group(account), 'aws:SourceAccount': STRANGER }),
  ];
}
