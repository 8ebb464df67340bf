import type { LogsOperation } from './operation';
import { logGroupName, structure } from './shapes';

export const deleteLogGroup: LogsOperation = {
  input: structure(['logGroupName'], { logGroupName }),
  call: ({ logGroups }, input) => logGroups.delete(input),
};
