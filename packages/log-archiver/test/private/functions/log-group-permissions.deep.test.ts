import { expectPoliciesOfAll, POLICY_CASES } from './policy-cases';

it.each(POLICY_CASES)(
  'keeps the policies within the quotas and names all log groups: $count, $env, $context',
  expectPoliciesOfAll,
);
