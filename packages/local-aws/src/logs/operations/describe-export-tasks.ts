import { limit, nextToken, statusCode, structure, taskId } from '../shapes';
import { EXPORT_CALLS_PER_SECOND, type LogsOperation } from './operation';

export const describeExportTasks: LogsOperation = {
  input: structure([], { taskId, statusCode, nextToken, limit: limit(50) }),
  callsPerSecond: EXPORT_CALLS_PER_SECOND,
  call: ({ exportTasks }, input) => exportTasks.describe(input),
};
