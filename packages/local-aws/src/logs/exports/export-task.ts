export interface CreateExportTaskInput {
  taskName?: string;
  logGroupName: string;
  logStreamNamePrefix?: string;
  from: number;
  to: number;
  destination: string;
  destinationPrefix?: string;
}

export type StatusCode = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'PENDING_CANCEL';

/** A task as DescribeExportTasks returns it, without `logStreamNamePrefix`. */
export interface ExportTask extends Omit<CreateExportTaskInput, 'logStreamNamePrefix'> {
  taskId: string;
  destinationPrefix: string;
  status: { code: StatusCode; message?: string };
  executionInfo: { creationTime: number; completionTime?: number };
}
