import { structure, taskId } from '../shapes';
import { EXPORT_CALLS_PER_SECOND, type LogsOperation } from './operation';

export const cancelExportTask: LogsOperation = {
  input: structure(['taskId'], { taskId }),
  callsPerSecond: EXPORT_CALLS_PER_SECOND,
  call: ({ exportTasks }, input) => exportTasks.cancel(input),
};
