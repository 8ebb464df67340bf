import { accountPolicyType, structure, text } from '../shapes';
import type { LogsOperation } from './operation';

export const putAccountPolicy: LogsOperation = {
  input: structure(['policyName', 'policyDocument', 'policyType'], {
    policyName: text,
    policyDocument: text,
    policyType: accountPolicyType,
    scope: { type: 'string', values: ['ALL'] },
  }),
  call: ({ logGroups }, input) => logGroups.accountRetention.put(input),
};
