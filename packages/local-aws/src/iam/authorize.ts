import { AwsError } from '../protocol/aws-error';
import type { Access, AccessQuestion } from './access';
import { formatSessionArn } from './access-request';

/** What a call has to be allowed, by whomever it is made. */
export type Permission = Omit<AccessQuestion, 'principal'>;

/** Who makes a call: the session of a role. */
export interface Caller {
  readonly roleArn: string;
  readonly sessionName: string;
}

/** Throws an `AwsError`, with AWS's text, unless the caller has all of these permissions. */
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
