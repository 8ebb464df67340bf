import { AwsError } from '../protocol/aws-error';
import type { Permission } from '../protocol/service-call';
import type { Access } from './access';
import { formatSessionArn } from './access-request';

/** Caller of an operation: a session of a role. */
export interface Caller {
  readonly roleArn: string;
  readonly sessionName: string;
}

/** Throws an `AwsError` with AWS's message unless the caller has all permissions. */
export function authorize(access: Access, { roleArn, sessionName }: Caller, permissions: readonly Permission[]) {
  for (const permission of permissions) {
    const decision = access.decide({ ...permission, principal: roleArn });
    if (decision !== 'ALLOWED') {
      const { action, resource } = permission;
      throw new AwsError(
        'AccessDeniedException',
        `User: ${formatSessionArn(roleArn, sessionName)} is not authorized to perform: ${action} on resource: ${resource} ${decision}`,
      );
    }
  }
}
