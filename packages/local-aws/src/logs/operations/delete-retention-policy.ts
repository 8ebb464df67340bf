import { logGroupName, structure } from '../shapes';
import type { LogsOperation } from './operation';

export const deleteRetentionPolicy: LogsOperation = {
  input: structure(['logGroupName'], { logGroupName }),
  call: ({ logGroups }, input) => logGroups.deleteRetentionPolicy(input),
};
