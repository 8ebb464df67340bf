import type { PolicyDocument } from './policy-document';

/** Packages that evaluate policies. Their license is AGPL-3.0, so a contributor may leave them out. */
const PACKAGES = ['@cloud-copilot/iam-policy', '@cloud-copilot/iam-simulate'] as const;

/** Policy with the errors for which AWS would reject it. */
export interface ValidatedPolicy {
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

type Validator = (document: object) => readonly object[];

/**
 * Functions of the packages.
 *
 * The types stand here because `local-aws` compiles without the packages.
 */
interface Evaluator {
  createValidatedPolicy(document: PolicyDocument, validator: Validator, metadata: { name: string }): ValidatedPolicy;
  validateIdentityPolicy: Validator;
  validateResourcePolicy: Validator;
  validateTrustPolicy: Validator;
  runUnsafeSimulation(simulation: object, options: object): 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';
  runSimulation(
    simulation: object,
    options: object,
  ): Promise<{ resultType: 'error'; errors: object } | { resultType: 'single' | 'wildcard'; overallResult: string }>;
}

let evaluator: Evaluator | undefined;

/** Returns whether policies can be evaluated. Tests that evaluate policies are skipped otherwise. */
export function isEvaluatorInstalled(): boolean {
  try {
    PACKAGES.map((name) => require.resolve(name));
    return true;
  } catch {
    return false;
  }
}

/** Loads the packages when the first policy is evaluated. */
export function loadEvaluator(): Evaluator {
  evaluator ??= requirePackages();
  return evaluator;
}

function requirePackages(): Evaluator {
  if (!isEvaluatorInstalled()) {
    throw new Error(`policies cannot be evaluated: install ${PACKAGES.join(' and ')}, whose license is AGPL-3.0`);
  }
  return Object.assign({}, ...PACKAGES.map((name) => require(name)));
}

/** Returns `describe` or `it` for tests that evaluate policies: without the packages, Jest reports them as skipped. */
export function requiresEvaluator<Block extends { skip: unknown }>(block: Block): Block {
  return isEvaluatorInstalled() ? block : (block.skip as Block);
}
