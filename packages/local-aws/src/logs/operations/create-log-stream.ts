import { logGroupName, logStreamName, structure } from '../shapes';
import type { LogsOperation } from './operation';

export const createLogStream: LogsOperation = {
  input: structure(['logGroupName', 'logStreamName'], { logGroupName, logStreamName }),
  call: ({ logStreams }, input) => logStreams.create(input),
};
