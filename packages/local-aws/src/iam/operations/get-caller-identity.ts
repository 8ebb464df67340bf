import type { IdentityOperation } from './operation';

/** Returns the root user of the account for every caller. */
export const getCallerIdentity: IdentityOperation = {
  required: [],
  permissions: () => [],
  call: ({ accountId }) => ({ Arn: `arn:aws:iam::${accountId}:root`, UserId: accountId, Account: accountId }),
};
