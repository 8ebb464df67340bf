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

export interface ExportTask extends CreateExportTaskInput {
  taskId: string;
  destinationPrefix: string;
  status: { code: StatusCode; message?: string };
  executionInfo: { creationTime: number; completionTime?: number };
}
