import { logGroupName, structure } from '../shapes';
import type { LogsOperation } from './operation';

export const deleteLogGroup: LogsOperation = {
  input: structure(['logGroupName'], { logGroupName }),
  call: ({ logGroups }, input) => logGroups.delete(input),
};
