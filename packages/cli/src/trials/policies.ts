import type { Arns } from './arns';

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function formatPolicy(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export function allow(Action: string | readonly string[], ...Resource: string[]): Statement {
  return { Effect: 'Allow', Action, Resource };
}

/** Returns the prefix of a trial's exports. Like those of an archiver, it starts with a year. */
export function exportPrefix(number: number): string {
  return `2000/01/trial-${number}`;
}

/** Trial for which the bucket denies the writes of every caller except the role's ARN with its path. */
export const PATH_TRIAL = 24;
/** Trial for which the bucket denies writes with a KMS key in their headers. */
export const HEADER_TRIAL = 25;

/** Returns the policy of the destination bucket. */
export function createBucketPolicy({ bucket, accountId, callerRole, logsService }: Arns): string {
  const objects = `${bucket}/*`;
  const logs = { Effect: 'Allow', Principal: { Service: logsService } } as const;
  const source = { 'aws:SourceAccount': accountId };
  const write = { ...source, 's3:x-amz-acl': 'bucket-owner-full-control' };
  const deny = (number: number, Condition: Statement['Condition']): Statement => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `${bucket}/${exportPrefix(number)}/*`,
    Condition,
  });
  return formatPolicy([
    { ...logs, Action: 's3:GetBucketAcl', Resource: bucket, Condition: { StringEquals: source } },
    { ...logs, Action: 's3:PutObject', Resource: objects, Condition: { StringEquals: write } },
    deny(PATH_TRIAL, {
      ArnNotLike: { 'aws:PrincipalArn': callerRole },
      Bool: { 'aws:PrincipalIsAWSService': 'false' },
    }),
    deny(HEADER_TRIAL, { Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' } }),
  ]);
}

/** Returns the policy of the role whose sessions the trials limit. */
export function createCallerPolicy({ logGroup, infrequentAccessLogGroup, bucket, stateMachines }: Arns): string {
  const { children } = stateMachines;
  return formatPolicy([
    allow(
      ['logs:CreateExportTask', 'logs:DescribeLogStreams', 'logs:StartQuery'],
      ...[logGroup, `${logGroup}:*`, infrequentAccessLogGroup, `${infrequentAccessLogGroup}:*`],
    ),
    allow('logs:GetQueryResults', '*'),
    allow('s3:PutObject', `${bucket}/*`),
    allow('states:ListExecutions', children, `${children.replace(':stateMachine:', ':mapRun:')}/*`),
  ]);
}

/** Returns the policy of the state machines' role. They start only executions of themselves. */
export function createMachinePolicy({ bucket, stateMachines }: Arns): string {
  return formatPolicy([
    allow('states:StartExecution', ...Object.values(stateMachines)),
    allow('s3:ListBucket', bucket),
  ]);
}

/** Returns the trust policy of a role. */
export function createTrustPolicy(principal: Readonly<Record<string, string>>): string {
  return formatPolicy([{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }]);
}
