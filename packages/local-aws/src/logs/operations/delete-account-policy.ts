import { accountPolicyType, structure, text } from '../shapes';
import type { LogsOperation } from './operation';

export const deleteAccountPolicy: LogsOperation = {
  input: structure(['policyName', 'policyType'], { policyName: text, policyType: accountPolicyType }),
  call: ({ logGroups }, input) => logGroups.accountRetention.delete(input),
};
