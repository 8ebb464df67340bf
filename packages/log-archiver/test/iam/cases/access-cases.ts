import './one-collator';
import { Access, type AccessQuestion, evaluateAsDocumented, type StackPolicies } from '@log-archiver/local-aws';

/** A call, and the expected decision of AWS. */
export interface AccessCase extends AccessQuestion {
  readonly description: string;
  readonly allowed: boolean;
}

/** Creates a case that is described by its call. */
export function createCase(
  allowed: boolean,
  principal: string,
  action: string,
  resource: string,
  context?: Record<string, string>,
): AccessCase {
  const description = `${principal}: ${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ''}`;
  return { description, principal, action, resource, context, allowed };
}

/** Creates a role that may do everything in an account, as far as the account itself decides. */
export function createAdministrator(
  account: string,
  path = '/',
  name = 'Administrator',
): StackPolicies & { arn: string } {
  const arn = `arn:aws:iam::${account}:role${path}${name}`;
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }],
  };
  const roles = [{ logicalId: 'Administrator', arn, policies: [{ logicalId: 'Administrator', document }] }];
  return { account, roles, resourcePolicies: [], arn };
}

/** Tests the allowed and the denied cases. */
export function describeAccess(policies: StackPolicies[], cases: AccessCase[]) {
  it.each([
    ['allows what the cases allow', true],
    ['denies what the cases deny', false],
  ])('%s', (_, allowed) => {
    const selected = cases.filter((each) => each.allowed === allowed);
    expect(findWrongCases(policies, selected).map(({ description }) => description)).toEqual([]);
  });
}

/** Tests that AWS documents each action with that type of resource and those condition keys. */
export function itUsesDocumentedTerms(policies: StackPolicies[], cases: AccessCase[]) {
  it('uses documented actions, resources and condition keys', async () => {
    const access = new Access(...policies);
    for (const { description, allowed, ...question } of cases.filter(isDocumentedForm)) {
      const answer = await evaluateAsDocumented(access.buildRequest(question));
      expect([description, answer]).toEqual([description, allowed ? 'ALLOWED' : 'DENIED']);
    }
  });
}

/** The evaluator takes a resource that ends with `:*` for a pattern, and does not know keys of encryption contexts. */
function isDocumentedForm({ resource, context = {} }: AccessCase): boolean {
  return !resource.endsWith(':*') && !Object.keys(context).some((key) => key.startsWith('kms:EncryptionContext:'));
}

/** Returns the cases that the policies decide wrongly, at most `limit`. */
export function findWrongCases(
  policies: StackPolicies[],
  cases: AccessCase[],
  limit = Number.POSITIVE_INFINITY,
): AccessCase[] {
  const access = new Access(...policies);
  const wrong: AccessCase[] = [];
  for (const each of cases) {
    if ((access.decide(each) === 'ALLOWED') !== each.allowed && wrong.push(each) >= limit) {
      break;
    }
  }
  return wrong;
}
