/** A policy as AWS has it, without the intrinsic functions of a template. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  /** Not in a role's trust policy. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | number | readonly string[]>>>>;
}

/** A policy document under the logical id of the template's resource that it stands in. */
export interface NamedPolicy {
  readonly logicalId: string;
  readonly document: PolicyDocument;
}
