import { cancelExportTask } from './cancel-export-task';
import { createExportTask } from './create-export-task';
import { createLogGroup } from './create-log-group';
import { createLogStream } from './create-log-stream';
import { deleteAccountPolicy } from './delete-account-policy';
import { deleteDataProtectionPolicy } from './delete-data-protection-policy';
import { deleteLogGroup } from './delete-log-group';
import { deleteRetentionPolicy } from './delete-retention-policy';
import { describeExportTasks } from './describe-export-tasks';
import { describeLogGroups } from './describe-log-groups';
import { describeLogStreams } from './describe-log-streams';
import { filterLogEvents } from './filter-log-events';
import { getLogEvents } from './get-log-events';
import { getQueryResults } from './get-query-results';
import { listLogGroups } from './list-log-groups';
import type { LogsOperation } from './operation';
import { putAccountPolicy } from './put-account-policy';
import { putDataProtectionPolicy } from './put-data-protection-policy';
import { putLogEvents } from './put-log-events';
import { putLogGroupDeletionProtection } from './put-log-group-deletion-protection';
import { putRetentionPolicy } from './put-retention-policy';
import { startQuery } from './start-query';
import { tagResource } from './tag-resource';

/** Operations of CloudWatch Logs that local-aws supports, by name. */
export const operations: Readonly<Record<string, LogsOperation>> = {
  CancelExportTask: cancelExportTask,
  CreateExportTask: createExportTask,
  CreateLogGroup: createLogGroup,
  CreateLogStream: createLogStream,
  DeleteAccountPolicy: deleteAccountPolicy,
  DeleteDataProtectionPolicy: deleteDataProtectionPolicy,
  DeleteLogGroup: deleteLogGroup,
  DeleteRetentionPolicy: deleteRetentionPolicy,
  DescribeExportTasks: describeExportTasks,
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
  GetQueryResults: getQueryResults,
  ListLogGroups: listLogGroups,
  PutAccountPolicy: putAccountPolicy,
  PutDataProtectionPolicy: putDataProtectionPolicy,
  PutLogEvents: putLogEvents,
  PutLogGroupDeletionProtection: putLogGroupDeletionProtection,
  PutRetentionPolicy: putRetentionPolicy,
  StartQuery: startQuery,
  TagResource: tagResource,
};
