import { type IdentityOperation, needsRole } from './operation';

export const createRole: IdentityOperation = {
  required: ['RoleName', 'AssumeRolePolicyDocument'],
  permissions: needsRole('iam:CreateRole'),
  call: (roles, { RoleName = '', Path = '/' }) => {
    const { arn } = roles.create({ RoleName, Path });
    return { Role: { Arn: arn, RoleName, Path } };
  },
};
