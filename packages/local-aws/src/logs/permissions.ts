import type { Permission } from '../iam/authorize';

/** The operations that AWS knows no resource of. */
const WITHOUT_RESOURCE = ['DescribeLogGroups', 'ListLogGroups', 'DescribeExportTasks', 'CancelExportTask'];

interface LogsInput {
  readonly logGroupName?: string;
  readonly destination?: string;
  readonly destinationPrefix?: string;
}

/** What CloudWatch Logs asks IAM about a call; about an export, whether its caller may write what is exported, too. */
export function listPermissions(operation: string, input: unknown, logGroupArns: string): Permission[] {
  const { logGroupName, destination, destinationPrefix = 'exportedlogs' } = (input ?? {}) as LogsInput;
  const resource = WITHOUT_RESOURCE.includes(operation) ? '*' : `${logGroupArns}:${logGroupName}:*`;
  const own: Permission = { action: `logs:${operation}`, resource };
  return operation === 'CreateExportTask'
    ? [own, writePermission(`${destination}/${destinationPrefix}`, { 's3:ObjectCreationOperation': 'true' })]
    : [own];
}

function writePermission(prefix: string, context: Permission['context']): Permission {
  return { action: 's3:PutObject', resource: `arn:aws:s3:::${prefix}/aws-logs-write-test`, context };
}
