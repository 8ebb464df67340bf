import { AwsError } from '../protocol/aws-error';
import type { Permission } from '../protocol/service-call';
import type { Access } from './access';
import { formatSessionArn } from './access-request';
import type { PolicyDocument } from './policy-document';

/** Caller of an operation: a session of a role. */
export interface Caller {
  readonly roleArn: string;
  readonly sessionName: string;
  /** Policy that limits the session. @default - none */
  readonly sessionPolicy?: PolicyDocument;
}

/** Throws an `AwsError` with AWS's message unless the caller has all permissions. */
export function authorize(
  access: Access,
  { roleArn, sessionName, sessionPolicy }: Caller,
  permissions: readonly Permission[],
) {
  for (const permission of permissions) {
    const decision = access.decide({ ...permission, principal: roleArn, sessionPolicy });
    if (decision !== 'ALLOWED') {
      const { action, resource } = permission;
      throw new AwsError(
        'AccessDeniedException',
        `User: ${formatSessionArn(roleArn, sessionName)} is not authorized to perform: ${action} on resource: ${resource} ${decision}`,
      );
    }
  }
}
