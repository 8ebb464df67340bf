import type { Permission } from '../protocol/service-call';
import { type AccessRequest, buildContext, parseAccountId } from './access-request';
import { type AccessDecision, evaluate } from './evaluate';
import type { PolicyDocument } from './policy-document';
import type { StackPolicies } from './stack-policies';

/** Question whether a principal has a permission. */
export interface AccessQuestion extends Permission {
  /** ARN of a role, or name of a service. */
  readonly principal: string;
}

/** Policies of all accounts, and the decisions that follow from them. */
export class Access {
  private readonly roles = new Map<string, StackPolicies['roles'][number]>();
  private readonly resourcePolicies = new Map<string, { owner: string; document: PolicyDocument }>();

  constructor(...stacks: StackPolicies[]) {
    for (const stack of stacks) {
      this.add(stack);
    }
  }

  public add({ account, roles, resourcePolicies }: StackPolicies) {
    for (const role of roles) {
      this.roles.set(role.arn, role);
    }
    for (const { of, document } of resourcePolicies) {
      for (const arn of of) {
        this.resourcePolicies.set(arn, { owner: account, document });
      }
    }
  }

  /** Whether a deployed stack defines the policy of the resource. */
  public governs(resource: string): boolean {
    return this.resourcePolicies.has(findPolicyHolder(resource));
  }

  public decide(question: AccessQuestion): AccessDecision {
    return decideCached(this.buildRequest(question));
  }

  /** Adds the policies that apply to a question. */
  public buildRequest({ principal, action, resource, context, owner }: AccessQuestion): AccessRequest {
    const policy = this.resourcePolicies.get(findPolicyHolder(resource));
    const role = principal.startsWith('arn:') ? this.roles.get(principal) : undefined;
    return {
      // A role that no deployed stack defines has no permissions of its own.
      principal: role ?? (principal.startsWith('arn:') ? { arn: principal, policies: [] } : { service: principal }),
      action,
      resource,
      owner: owner ?? (parseAccountId(resource) || policy?.owner || parseAccountId(principal)),
      context,
      resourcePolicy: policy?.document,
    };
  }
}

/** Returns the ARN of the resource whose policy applies: for an object, its bucket. */
function findPolicyHolder(resource: string): string {
  return resource.startsWith('arn:aws:s3:::') ? resource.replace(/\/.*$/s, '') : resource;
}

/** Decisions by the ids of the policy documents and the rest of the request. */
const decisions = new Map<string, AccessDecision>();
const MAX_CACHED_DECISIONS = 50_000;
const documentIds = new WeakMap<PolicyDocument, number>();
let lastDocumentId = 0;

function decideCached(request: AccessRequest): AccessDecision {
  const { principal, action, resource, owner, resourcePolicy } = request;
  const documents = 'arn' in principal ? principal.policies.map(({ document }) => document) : [];
  const ids = [...documents, ...(resourcePolicy ? ['of the resource' as const, resourcePolicy] : [])].map((document) =>
    typeof document === 'string' ? document : getDocumentId(document),
  );
  const key = JSON.stringify([ids, action, resource, owner, buildContext(request)]);
  const known = decisions.get(key);
  if (known !== undefined) {
    return known;
  }
  if (decisions.size >= MAX_CACHED_DECISIONS) {
    decisions.clear();
  }
  const decision = evaluate(request);
  decisions.set(key, decision);
  return decision;
}

function getDocumentId(document: PolicyDocument): number {
  const known = documentIds.get(document);
  if (known !== undefined) {
    return known;
  }
  lastDocumentId += 1;
  documentIds.set(document, lastDocumentId);
  return lastDocumentId;
}
