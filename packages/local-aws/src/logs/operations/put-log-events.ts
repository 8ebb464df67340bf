import type { LogsOperation } from './operation';
import { inputLogEvents, logGroupName, logStreamName, structure } from './shapes';

export const putLogEvents: LogsOperation = {
  input: structure(['logGroupName', 'logStreamName', 'logEvents'], {
    logGroupName,
    logStreamName,
    logEvents: inputLogEvents,
  }),
  call: ({ logEvents }, input) => logEvents.put(input),
};
