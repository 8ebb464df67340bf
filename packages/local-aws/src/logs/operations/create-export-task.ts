import { logGroupName, logStreamName, structure, text, timestamp } from '../shapes';
import { EXPORT_CALLS_PER_SECOND, type LogsOperation } from './operation';

export const createExportTask: LogsOperation = {
  input: structure(['logGroupName', 'from', 'to', 'destination'], {
    taskName: { type: 'string', max: 512, min: 1 },
    logGroupName,
    logStreamNamePrefix: logStreamName,
    from: timestamp,
    to: timestamp,
    destination: { type: 'string', max: 512, min: 1 },
    destinationPrefix: text,
  }),
  callsPerSecond: EXPORT_CALLS_PER_SECOND,
  call: ({ exportTasks }, input) => exportTasks.create(input),
};
