import type { Permission } from '../iam/permission';

/** The operations that AWS knows no resource of. */
const OF_ALL = ['DescribeLogGroups', 'ListLogGroups', 'DescribeExportTasks', 'CancelExportTask'];

interface LogsInput {
  readonly logGroupName?: string;
  readonly destination?: string;
  readonly destinationPrefix?: string;
}

/** What CloudWatch Logs asks IAM about a call; about an export, whether its caller may write what is exported, too. */
export function permissionsOf(operation: string, input: unknown, logGroupArns: string): Permission[] {
  const { logGroupName, destination, destinationPrefix = 'exportedlogs' } = (input ?? {}) as LogsInput;
  const resource = OF_ALL.includes(operation) ? '*' : `${logGroupArns}:${logGroupName}:*`;
  const own: Permission = { action: `logs:${operation}`, resource };
  return operation === 'CreateExportTask'
    ? [own, writingBelow(`${destination}/${destinationPrefix}`, { 's3:ObjectCreationOperation': 'true' })]
    : [own];
}

function writingBelow(prefix: string, context: Permission['context']): Permission {
  return { action: 's3:PutObject', resource: `arn:aws:s3:::${prefix}/aws-logs-write-test`, context };
}
