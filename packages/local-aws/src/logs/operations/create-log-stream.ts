import type { LogsOperation } from './operation';
import { logGroupName, logStreamName, structure } from './shapes';

export const createLogStream: LogsOperation = {
  input: structure(['logGroupName', 'logStreamName'], { logGroupName, logStreamName }),
  call: ({ logStreams }, input) => logStreams.create(input),
};
