import type { Permission } from '../../protocol/service-call';
import type { QueryInput, QueryOperation } from '../query-call';
import type { Roles } from '../roles';

/** An operation of IAM or STS. */
export type IdentityOperation = QueryOperation<Roles>;

/** Returns the permission for an action of IAM on the role that a call names. */
export function needsRole(action: string): (roles: Roles, input: QueryInput) => Permission[] {
  return (roles, { RoleName = '*', Path = '/' }) => {
    const isKnown = roles.names.includes(RoleName);
    const resource = isKnown ? roles.get(RoleName).arn : `arn:aws:iam::${roles.accountId}:role${Path}${RoleName}`;
    return [{ action, resource }];
  };
}
