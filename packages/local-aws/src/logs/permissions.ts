import type { Permission } from '../protocol/service-call';
import type { CloudWatchLogs } from './cloud-watch-logs';
import { formatTestObjectKey } from './exports/test-object';

/**
 * Operations whose actions have no resource type.
 *
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
const WITHOUT_RESOURCE = [
  ...['DescribeLogGroups', 'ListLogGroups', 'DescribeExportTasks', 'CancelExportTask'],
  ...['PutAccountPolicy', 'DeleteAccountPolicy'],
];

interface LogsInput {
  readonly logGroupName?: string;
  readonly logGroupNames?: readonly string[];
  readonly logGroupIdentifier?: string;
  readonly logGroupIdentifiers?: readonly string[];
  readonly resourceArn?: string;
  readonly queryId?: string;
  readonly destination?: string;
  readonly destinationPrefix?: string;
}

/**
 * Returns the permissions that a call needs: one for each log group that it uses.
 *
 * The caller of CreateExportTask also needs permission to write the export.
 */
export function listPermissions(operation: string, input: unknown, logs: CloudWatchLogs): Permission[] {
  const given = Object(input) as LogsInput;
  const action = `logs:${operation}`;
  if (WITHOUT_RESOURCE.includes(operation)) {
    return [{ action, resource: '*' }];
  }
  const own = listLogGroupNames(given, logs).map(
    (name): Permission => ({
      action,
      resource: `${logs.logGroupArns}:${name}:*`,
      context: describeTags(name, logs),
    }),
  );
  return operation === 'CreateExportTask' ? [...own, createWritePermission(given)] : own;
}

/** Returns the names of the log groups that a call uses; `*` if the call does not say. */
function listLogGroupNames(input: LogsInput, { logGroupArns, queries }: CloudWatchLogs): string[] {
  const { logGroupName, logGroupNames, logGroupIdentifier, logGroupIdentifiers, resourceArn, queryId } = input;
  const identifiers = [
    ...[logGroupName, logGroupIdentifier, resourceArn],
    ...(logGroupNames ?? []),
    ...(logGroupIdentifiers ?? []),
    ...(queryId === undefined ? [] : queries.listLogGroupNames(queryId)),
  ].filter((identifier) => identifier !== undefined);
  const names = identifiers.map((identifier) => identifier.replace(`${logGroupArns}:`, '').replace(/:\*$/, ''));
  return names.length === 0 ? ['*'] : names;
}

function describeTags(logGroupName: string, { logGroups }: CloudWatchLogs): Permission['context'] {
  const tags = logGroups.has(logGroupName) ? [...logGroups.get(logGroupName).tags] : [];
  return Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

function createWritePermission({ destination, destinationPrefix }: LogsInput): Permission {
  return {
    action: 's3:PutObject',
    resource: `arn:aws:s3:::${destination}/${formatTestObjectKey(destinationPrefix)}`,
    context: { 's3:ObjectCreationOperation': 'true' },
  };
}
