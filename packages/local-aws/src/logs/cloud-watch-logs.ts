import { AwsError } from '../aws-error';
import type { BucketFiles } from '../bucket-files';
import { type CreateExportTaskInput, type DescribeExportTasksInput, ExportTasks } from './export-tasks';
import { LogGroups, type PutLogEventsInput } from './log-groups';

/** CloudWatch Logs, by the names of its operations; what carries a call here is not its business. */
export class CloudWatchLogs {
  public readonly logGroups: LogGroups;
  public readonly exportTasks: ExportTasks;

  constructor(files: BucketFiles, now: () => number) {
    this.logGroups = new LogGroups(now);
    this.exportTasks = new ExportTasks(this.logGroups, files, now);
  }

  /** Throws an `AwsError` where AWS answers with one. */
  public call(operation: string, input: unknown): object {
    switch (operation) {
      case 'CreateLogGroup':
        return this.logGroups.create(input as { logGroupName: string });
      case 'CreateLogStream':
        return this.logGroups.createStream(input as { logGroupName: string; logStreamName: string });
      case 'PutLogEvents':
        return this.logGroups.putEvents(input as PutLogEventsInput);
      case 'CreateExportTask':
        return this.exportTasks.create(input as CreateExportTaskInput);
      case 'DescribeExportTasks':
        return this.exportTasks.describe(input as DescribeExportTasksInput);
      case 'CancelExportTask':
        return this.exportTasks.cancel(input as { taskId: string });
      default:
        throw new AwsError('UnknownOperationException', '');
    }
  }
}
