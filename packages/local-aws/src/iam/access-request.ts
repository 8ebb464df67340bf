import type { NamedPolicy, PolicyDocument } from './policy-document';

/** A role, with the policies that are in it or attached to it. */
export interface Role {
  readonly arn: string;
  readonly policies: readonly NamedPolicy[];
}

/** Who asks: a role, or an AWS service of this name. */
export type Principal = Role | { readonly service: string };

/** What is asked of IAM. */
export interface AccessRequest {
  readonly principal: Principal;
  readonly action: string;
  /** An ARN, or `*` for an action that AWS knows no resource of. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly owner: string;
  /** The condition keys of the request, beside those that every request of its principal has. @default - none */
  readonly context?: Readonly<Record<string, string>>;
  /** Of a bucket, a key, a topic, a queue, or a role's trust policy. @default - there is none */
  readonly resourcePolicy?: PolicyDocument;
}

/** The condition keys of a request, as far as policies ask for them: over TLS 1.3, unless told otherwise. */
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

/** The session of a role, as AWS names it in its errors. */
export function formatSessionArn(roleArn: string, sessionName: string): string {
  return `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${sessionName}`;
}

export function parseAccountId(arn: string): string {
  return arn.split(':')[4] ?? '';
}
