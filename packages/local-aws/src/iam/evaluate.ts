import { type AccessRequest, buildContext, formatSessionArn, parseAccountId } from './access-request';
import { loadEvaluator, type ValidatedPolicy } from './evaluator';
import type { PolicyDocument } from './policy-document';
import { selectStatements } from './relevant-statements';

/** Allowed, or the reason that ends AWS's AccessDenied message. */
export type AccessDecision = 'ALLOWED' | Denial;
export type Denial = `because no ${string}` | `with an explicit deny in ${string}`;

const VALIDATORS = {
  identity: 'validateIdentityPolicy',
  resource: 'validateResourcePolicy',
  trust: 'validateTrustPolicy',
} as const;

/** Validated policies by document, because a template's policies are evaluated thousands of times. */
const validatedPolicies = new WeakMap<PolicyDocument, ValidatedPolicy>();

/**
 * Evaluates a request as IAM does.
 *
 * It covers identity-based and resource-based policies, in one account or across two, with Block Public Access on. It
 * does not cover SCPs, RCPs, permissions boundaries, session policies and endpoint policies. Throws if AWS would reject
 * a policy.
 */
export function evaluate(request: AccessRequest): AccessDecision {
  switch (simulate(request)) {
    case 'Allowed':
      return 'ALLOWED';
    case 'ExplicitlyDenied':
      return `with an explicit deny in ${simulateIdentityPolicies(request) === 'ExplicitlyDenied' ? 'an identity' : 'a resource'}-based policy`;
    default:
      return `because no ${simulateIdentityPolicies(request) === 'Allowed' ? 'resource' : 'identity'}-based policy allows the ${request.action} action`;
  }
}

/** Translates a request into the simulator's form, with the statements of each policy that `select` returns. */
export function buildSimulation(
  request: AccessRequest,
  select: (document: PolicyDocument) => PolicyDocument = (document) => document,
): object {
  const { principal, action, resource, owner, resourcePolicy } = request;
  const isRole = 'arn' in principal;
  const resourcePolicyKind = action.startsWith('sts:') ? 'trust' : 'resource';
  const validateSelected = (document: PolicyDocument, kind: keyof typeof VALIDATORS, name: string) => {
    validatePolicy(document, kind, name);
    return validatePolicy(select(document), kind, name);
  };
  return {
    request: {
      principal: isRole ? formatSessionArn(principal.arn, 'session') : principal.service,
      action,
      resource: { resource, accountId: owner },
      contextVariables: buildContext(request),
    },
    identityPolicies: isRole
      ? principal.policies.map(({ logicalId, document }) => ({
          name: logicalId,
          policy: validateSelected(document, 'identity', logicalId),
        }))
      : [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: resourcePolicy?.Statement.length
      ? validateSelected(resourcePolicy, resourcePolicyKind, `the policy of ${resource}`)
      : undefined,
    additionalSettings: { s3: { blockPublicAccess: true } },
  };
}

/**
 * Simulates a request synchronously.
 *
 * The simulator does not consult AWS's service authorization reference here; `evaluateAsDocumented` does.
 */
function simulate(request: AccessRequest) {
  return loadEvaluator().runUnsafeSimulation(
    buildSimulation(request, (document) => selectStatements(document, request)),
    {},
  );
}

/** Simulates the principal's own policies only, as if the resource were in its account and had no policy. */
function simulateIdentityPolicies(request: AccessRequest) {
  const { principal } = request;
  return 'service' in principal
    ? 'Allowed'
    : simulate({
        ...request,
        context: buildContext(request),
        resourcePolicy: undefined,
        owner: parseAccountId(principal.arn),
      });
}

function validatePolicy(document: PolicyDocument, kind: keyof typeof VALIDATORS, name: string) {
  const known = validatedPolicies.get(document);
  if (known) {
    return known;
  }
  const evaluator = loadEvaluator();
  const policy = evaluator.createValidatedPolicy(document, evaluator[VALIDATORS[kind]], { name });
  const [error] = policy.errors;
  if (error) {
    throw new Error(`${name} must be a policy that AWS accepts, got an error at ${error.path}: ${error.message}`);
  }
  validatedPolicies.set(document, policy);
  return policy;
}
