import type { LogsOperation } from './operation';
import { logGroupName, retentionInDays, structure } from './shapes';

export const putRetentionPolicy: LogsOperation = {
  input: structure(['logGroupName', 'retentionInDays'], { logGroupName, retentionInDays }),
  call: ({ logGroups }, input) => logGroups.putRetentionPolicy(input),
};
