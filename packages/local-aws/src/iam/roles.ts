import { randomBytes } from 'node:crypto';
import { AwsError } from '../protocol/aws-error';
import type { Access } from './access';
import type { Caller } from './authorize';
import type { PolicyDocument } from './policy-document';

interface Role {
  readonly arn: string;
  /** Inline policies by name. */
  readonly policies: Map<string, PolicyDocument>;
}

interface RoleInput {
  readonly RoleName: string;
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

/** Temporary credentials of a session. */
export interface SessionCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
}

/**
 * Roles that calls create, and their sessions. The roles of deployed stacks are only in `Access`.
 *
 * Trust policies are not evaluated, because tests themselves are callers without an identity. Changes apply at once.
 */
export class Roles {
  private readonly roles = new Map<string, Role>();
  /** Sessions by their token. */
  private readonly sessions = new Map<string, Caller>();

  constructor(
    public readonly accountId: string,
    private readonly access?: Access,
  ) {}

  public get names(): string[] {
    return [...this.roles.keys()];
  }

  public create({ RoleName, Path = '/' }: Pick<RoleInput, 'RoleName'> & { readonly Path?: string }): Role {
    if (this.roles.has(RoleName)) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, 409);
    }
    const role = { arn: `arn:aws:iam::${this.accountId}:role${Path}${RoleName}`, policies: new Map() };
    this.roles.set(RoleName, role);
    return role;
  }

  public delete({ RoleName }: Pick<RoleInput, 'RoleName'>) {
    const { arn, policies } = this.get(RoleName);
    if (policies.size > 0) {
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
    }
    this.roles.delete(RoleName);
    this.access?.removeRole(arn);
  }

  public putPolicy({ RoleName, PolicyName, PolicyDocument }: RoleInput) {
    const role = this.get(RoleName);
    role.policies.set(PolicyName, parsePolicy(PolicyDocument));
    this.publish(role);
  }

  public deletePolicy({ RoleName, PolicyName }: Omit<RoleInput, 'PolicyDocument'>) {
    const role = this.get(RoleName);
    if (!role.policies.delete(PolicyName)) {
      throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
    }
    this.publish(role);
  }

  /** Creates a session. A session policy limits what the role allows. */
  public assume(roleArn: string, sessionName: string, sessionPolicy?: string): SessionCredentials {
    if (![...this.roles.values()].some(({ arn }) => arn === roleArn)) {
      throw new AwsError(
        'AccessDenied',
        `User is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        403,
      );
    }
    const token = randomBytes(16).toString('hex');
    const limit = sessionPolicy === undefined ? {} : { sessionPolicy: parsePolicy(sessionPolicy) };
    this.sessions.set(token, { roleArn, sessionName, ...limit });
    return { AccessKeyId: `ASIA${token.slice(0, 16).toUpperCase()}`, SecretAccessKey: 'local', SessionToken: token };
  }

  /** Returns the caller with a session token; undefined if no session has it. */
  public findSession(token: string | undefined): Caller | undefined {
    return token === undefined ? undefined : this.sessions.get(token);
  }

  public get(roleName: string): Role {
    const role = this.roles.get(roleName);
    if (!role) {
      throw noSuchEntity(`The role with name ${roleName} cannot be found.`);
    }
    return role;
  }

  private publish({ arn, policies }: Role) {
    this.access?.putRole({
      arn,
      policies: [...policies].map(([logicalId, document]) => ({ logicalId, document })),
    });
  }
}

function noSuchEntity(message: string) {
  return new AwsError('NoSuchEntity', message, 404);
}

function parsePolicy(text: string): PolicyDocument {
  try {
    const { Statement, ...rest } = JSON.parse(text);
    return { ...rest, Statement: [Statement].flat() };
  } catch {
    throw new AwsError('MalformedPolicyDocument', 'This policy contains invalid Json');
  }
}
