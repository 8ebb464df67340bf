import { type IdentityOperation, needsRole } from './operation';

export const putRolePolicy: IdentityOperation = {
  required: ['RoleName', 'PolicyName', 'PolicyDocument'],
  permissions: needsRole('iam:PutRolePolicy'),
  call: (roles, { RoleName = '', PolicyName = '', PolicyDocument = '' }) => {
    roles.putPolicy({ RoleName, PolicyName, PolicyDocument });
    return {};
  },
};
