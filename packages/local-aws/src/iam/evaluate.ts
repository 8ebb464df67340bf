import {
  createValidatedPolicy,
  type ValidatedPolicy,
  validateIdentityPolicy,
  validateResourcePolicy,
  validateTrustPolicy,
} from '@cloud-copilot/iam-policy';
import { runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { type AccessRequest, buildContext, formatSessionArn, parseAccountId } from './access-request';
import type { PolicyDocument } from './policy-document';

/** Allowed, or why not, in the words in which AWS ends its AccessDenied. */
export type AccessDecision = 'ALLOWED' | Denial;
export type Denial = `because no ${string}` | `with an explicit deny in ${string}`;

const VALIDATORS = {
  identity: validateIdentityPolicy,
  resource: validateResourcePolicy,
  trust: validateTrustPolicy,
};

/** By the document: a template's policies are evaluated by the thousand. */
const validatedPolicies = new WeakMap<PolicyDocument, ValidatedPolicy<{ name: string }>>();

/**
 * Evaluates a request as IAM does: identity-based and resource-based policies, in one account or across two, with Block
 * Public Access on. There are no SCPs, RCPs, permissions boundaries, session and endpoint policies.
 *
 * Throws if AWS would not take a policy.
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

/** The request in the words of the simulator. */
export function buildSimulation(request: AccessRequest): Simulation {
  const { principal, action, resource, owner, resourcePolicy } = request;
  const isRole = 'arn' in principal;
  const ofResource = action.startsWith('sts:') ? 'trust' : 'resource';
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
          policy: validated(document, 'identity', logicalId),
        }))
      : [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: resourcePolicy?.Statement.length
      ? validated(resourcePolicy, ofResource, `the policy of ${resource}`)
      : undefined,
    additionalSettings: { s3: { blockPublicAccess: true } },
  };
}

/** In one synchronous step. What the simulator could ask AWS's data besides is asked by the tests of the policies. */
function simulate(request: AccessRequest) {
  return runUnsafeSimulation(buildSimulation(request), {});
}

/** What the principal's own policies say, as if the resource were in its account and had no policy. */
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

function validated(document: PolicyDocument, kind: keyof typeof VALIDATORS, name: string) {
  const known = validatedPolicies.get(document);
  if (known) {
    return known;
  }
  const policy = createValidatedPolicy(document, VALIDATORS[kind], { name });
  const [error] = policy.errors;
  if (error) {
    throw new Error(`AWS would not take ${name}: ${error.path}: ${error.message}`);
  }
  validatedPolicies.set(document, policy);
  return policy;
}
