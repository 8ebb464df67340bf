import { inputLogEvents, logGroupName, logStreamName, structure } from '../shapes';
import type { LogsOperation } from './operation';

export const putLogEvents: LogsOperation = {
  input: structure(['logGroupName', 'logStreamName', 'logEvents'], {
    logGroupName,
    logStreamName,
    logEvents: inputLogEvents,
  }),
  call: ({ logEvents }, input) => logEvents.put(input),
};
