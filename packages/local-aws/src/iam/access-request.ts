import type { NamedPolicy, PolicyDocument } from './policy-document';

/** A role, with its inline and attached policies. */
export interface Role {
  readonly arn: string;
  readonly policies: readonly NamedPolicy[];
}

/** Principal of a request: a role, or an AWS service with this name. */
export type Principal = Role | { readonly service: string };

/** Request that IAM evaluates, with the policies that apply. */
export interface AccessRequest {
  readonly principal: Principal;
  readonly action: string;
  /** An ARN, or `*` for an action without a resource type. */
  readonly resource: string;
  /** Account that owns the resource. */
  readonly owner: string;
  /** Condition keys of the request, in addition to those that every request of its principal has. @default - none */
  readonly context?: Readonly<Record<string, string>>;
  /** Policy of the bucket, key, topic or queue, or trust policy of the role. @default - none */
  readonly resourcePolicy?: PolicyDocument;
}

/** Returns the condition keys of a request that policies refer to. The request uses TLS 1.3 unless `context` differs. */
export function buildContext({ principal, action, owner, context }: AccessRequest): Record<string, string> {
  return {
    'aws:SecureTransport': 'true',
    ...(action.startsWith('s3:') ? { 's3:TlsVersion': '1.3', 's3:ResourceAccount': owner } : {}),
    ...('service' in principal
      ? { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': principal.service }
      : {
          'aws:PrincipalIsAWSService': 'false',
          'aws:PrincipalArn': principal.arn,
          'aws:PrincipalAccount': parseAccountId(principal.arn),
        }),
    ...context,
  };
}

/** Formats the ARN of a role session as in AWS's errors. It has the name of the role without its path. */
export function formatSessionArn(roleArn: string, sessionName: string): string {
  return `${roleArn.replace(':iam:', ':sts:').replace(/:role\/(.*\/)?/, ':assumed-role/')}/${sessionName}`;
}

export function parseAccountId(arn: string): string {
  return arn.split(':')[4] ?? '';
}
