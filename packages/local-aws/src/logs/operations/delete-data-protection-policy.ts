import { logGroupIdentifier, structure } from '../shapes';
import type { LogsOperation } from './operation';

export const deleteDataProtectionPolicy: LogsOperation = {
  input: structure(['logGroupIdentifier'], { logGroupIdentifier }),
  call: ({ logGroups }, input) => logGroups.deleteDataProtection(input),
};
