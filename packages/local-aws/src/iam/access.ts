import type { Permission } from '../protocol/service-call';
import { type AccessRequest, buildContext, parseAccountId, type Role } from './access-request';
import { type AccessDecision, evaluate } from './evaluate';
import type { PolicyDocument } from './policy-document';
import type { StackPolicies } from './stack-policies';

/** Question whether a principal has a permission. */
export interface AccessQuestion extends Permission {
  /** ARN of a role, or name of a service. */
  readonly principal: string;
  /** Policy of the role's session, which limits what the role allows. @default - none */
  readonly sessionPolicy?: PolicyDocument;
}

/** Policies of all accounts, and the decisions that follow from them. */
export class Access {
  /** Changes what AWS checks. Tests set it where AWS does not document what that is. @default - what is documented */
  public changeQuestion: (question: AccessQuestion) => AccessQuestion = (question) => question;
  private readonly roles = new Map<string, Role>();
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

  /** Removes the policies that `add` has added. */
  public remove({ roles, resourcePolicies }: StackPolicies) {
    for (const { arn } of roles) {
      this.removeRole(arn);
    }
    for (const arn of resourcePolicies.flatMap(({ of }) => of)) {
      this.removeResourcePolicy(arn);
    }
  }

  public putRole(role: Role) {
    this.roles.set(role.arn, role);
  }

  public removeRole(arn: string) {
    this.roles.delete(arn);
  }

  public putResourcePolicy(arn: string, owner: string, document: PolicyDocument) {
    this.resourcePolicies.set(arn, { owner, document });
  }

  public removeResourcePolicy(arn: string) {
    this.resourcePolicies.delete(arn);
  }

  /** Whether the policy of the resource is known: a deployed stack defines the resource, or a call created it. */
  public governs(resource: string): boolean {
    return this.resourcePolicies.has(findPolicyHolder(resource));
  }

  public decide(given: AccessQuestion): AccessDecision {
    const question = this.changeQuestion(given);
    const decision = decideCached(this.buildRequest(question));
    return decision === 'ALLOWED' && question.sessionPolicy
      ? this.decideForSession(question, question.sessionPolicy)
      : decision;
  }

  /** Decides whether the policy of a session also allows what the role's policies allow. */
  private decideForSession(question: AccessQuestion, document: PolicyDocument): AccessDecision {
    const { principal, owner, ...request } = this.buildRequest(question);
    const arn = question.principal;
    const session = { arn, policies: [{ logicalId: 'the session policy', document }] };
    // The policy of the resource has already been evaluated for the role.
    const decision = decideCached({
      ...request,
      context: buildContext({ ...request, principal, owner }),
      principal: session,
      owner: parseAccountId(arn),
      resourcePolicy: undefined,
    });
    return decision === 'ALLOWED' ? decision : `because no session policy allows the ${question.action} action`;
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
