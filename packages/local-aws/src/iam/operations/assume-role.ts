import { formatSessionArn } from '../access-request';
import type { IdentityOperation } from './operation';

/** Creates a session of a role. Its credentials do not expire. */
export const assumeRole: IdentityOperation = {
  required: ['RoleArn', 'RoleSessionName'],
  permissions: (_, { RoleArn = '*' }) => [{ action: 'sts:AssumeRole', resource: RoleArn }],
  call: (roles, { RoleArn = '', RoleSessionName = '', Policy }) => ({
    Credentials: { ...roles.assume(RoleArn, RoleSessionName, Policy), Expiration: '2100-01-01T00:00:00Z' },
    AssumedRoleUser: { Arn: formatSessionArn(RoleArn, RoleSessionName), AssumedRoleId: `AROA:${RoleSessionName}` },
  }),
};
