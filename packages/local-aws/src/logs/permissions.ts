import type { Permission } from '../protocol/service-call';

/** Operations whose actions have no resource type. */
const WITHOUT_RESOURCE = ['DescribeLogGroups', 'ListLogGroups', 'DescribeExportTasks', 'CancelExportTask'];

interface LogsInput {
  readonly logGroupName?: string;
  readonly destination?: string;
  readonly destinationPrefix?: string;
}

/** Returns the permissions that a call needs. The caller of CreateExportTask also needs permission to write the export. */
export function listPermissions(operation: string, input: unknown, logGroupArns: string): Permission[] {
  const { logGroupName, destination, destinationPrefix = 'exportedlogs' } = (input ?? {}) as LogsInput;
  const resource = WITHOUT_RESOURCE.includes(operation) ? '*' : `${logGroupArns}:${logGroupName}:*`;
  const own: Permission = { action: `logs:${operation}`, resource };
  return operation === 'CreateExportTask'
    ? [own, createWritePermission(`${destination}/${destinationPrefix}`, { 's3:ObjectCreationOperation': 'true' })]
    : [own];
}

function createWritePermission(prefix: string, context: Permission['context']): Permission {
  return { action: 's3:PutObject', resource: `arn:aws:s3:::${prefix}/aws-logs-write-test`, context };
}
