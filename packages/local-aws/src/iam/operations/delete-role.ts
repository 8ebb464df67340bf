import { type IdentityOperation, needsRole } from './operation';

export const deleteRole: IdentityOperation = {
  required: ['RoleName'],
  permissions: needsRole('iam:DeleteRole'),
  call: (roles, { RoleName = '' }) => {
    roles.delete({ RoleName });
    return {};
  },
};
