import { flag, logGroupIdentifier, structure } from '../shapes';
import type { LogsOperation } from './operation';

export const putLogGroupDeletionProtection: LogsOperation = {
  input: structure(['logGroupIdentifier', 'deletionProtectionEnabled'], {
    logGroupIdentifier,
    deletionProtectionEnabled: flag,
  }),
  call: ({ logGroups }, input) => logGroups.putDeletionProtection(input),
};
