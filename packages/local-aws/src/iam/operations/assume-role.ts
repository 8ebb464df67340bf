import { formatSessionArn } from '../access-request';
import type { IdentityOperation } from './operation';

/** Creates a session of a role. Its credentials do not expire. */
export const assumeRole: IdentityOperation = {
  required: ['RoleArn', 'RoleSessionName'],
  permissions: (_, { RoleArn = '*' }) => [{ action: 'sts:AssumeRole', resource: RoleArn }],
  call: (roles, { RoleArn = '', RoleSessionName = '', Policy }) => ({
    Credentials: { ...roles.assume(RoleArn, RoleSessionName, Policy) },
    AssumedRoleUser: { Arn: formatSessionArn(RoleArn, RoleSessionName) },
  }),
};
