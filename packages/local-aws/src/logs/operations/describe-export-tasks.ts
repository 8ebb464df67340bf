import { EXPORT_CALLS_PER_SECOND, type LogsOperation } from './operation';
import { limit, nextToken, statusCode, structure, taskId } from './shapes';

export const describeExportTasks: LogsOperation = {
  input: structure([], { taskId, statusCode, nextToken, limit: limit(50) }),
  callsPerSecond: EXPORT_CALLS_PER_SECOND,
  call: ({ exportTasks }, input) => exportTasks.describe(input),
};
