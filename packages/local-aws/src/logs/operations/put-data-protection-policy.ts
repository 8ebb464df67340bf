import { logGroupIdentifier, structure, text } from '../shapes';
import type { LogsOperation } from './operation';

export const putDataProtectionPolicy: LogsOperation = {
  input: structure(['logGroupIdentifier', 'policyDocument'], { logGroupIdentifier, policyDocument: text }),
  call: ({ logGroups }, input) => logGroups.putDataProtection(input),
};
