import { assumeRole } from './assume-role';
import { createRole } from './create-role';
import { deleteRole } from './delete-role';
import { deleteRolePolicy } from './delete-role-policy';
import { getCallerIdentity } from './get-caller-identity';
import type { IdentityOperation } from './operation';
import { putRolePolicy } from './put-role-policy';

/** Operations of IAM and STS that local-aws supports, by name. */
export const operations: Readonly<Record<string, IdentityOperation>> = {
  AssumeRole: assumeRole,
  CreateRole: createRole,
  DeleteRole: deleteRole,
  DeleteRolePolicy: deleteRolePolicy,
  GetCallerIdentity: getCallerIdentity,
  PutRolePolicy: putRolePolicy,
};
