import { logGroupName, retentionInDays, structure } from '../shapes';
import type { LogsOperation } from './operation';

export const putRetentionPolicy: LogsOperation = {
  input: structure(['logGroupName', 'retentionInDays'], { logGroupName, retentionInDays }),
  call: ({ logGroups }, input) => logGroups.putRetentionPolicy(input),
};
