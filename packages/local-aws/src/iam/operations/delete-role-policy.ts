import { type IdentityOperation, needsRole } from './operation';

export const deleteRolePolicy: IdentityOperation = {
  required: ['RoleName', 'PolicyName'],
  permissions: needsRole('iam:DeleteRolePolicy'),
  call: (roles, { RoleName = '', PolicyName = '' }) => {
    roles.deletePolicy({ RoleName, PolicyName });
    return {};
  },
};
