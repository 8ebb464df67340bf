import { Token, TokenComparison } from 'aws-cdk-lib';
import { Grant, type IGrantable, type IResourceWithPolicyV2, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { type PolicyWarning, printStatements } from '../policy-statements';
import type { Conditions } from './bucket-statements';

/** A permission for a principal, in its own policy or in that of the resource. */
export interface ResourceGrant {
  readonly grantee: IGrantable;
  readonly actions: string[];
  readonly resourceArns: string[];
  readonly conditions: Conditions;
  /** Statement in the policy of the resource. */
  readonly inPolicy: Pick<ResourceGrant, 'resourceArns' | 'conditions'>;
}

/**
 * Grants a permission in the policy of the principal, and in that of the resource if the principal is in another account.
 *
 * `Grant.addToPrincipalOrResource` of the oldest CDK drops the conditions.
 */
export function grantOnResource(
  scope: Construct,
  resource: IResourceWithPolicyV2,
  warning: PolicyWarning,
  { inPolicy, ...options }: ResourceGrant,
): Grant {
  const granted = Grant.addToPrincipal(options);
  if (granted.success && isInAccount(options.grantee, warning.account)) {
    return granted;
  }
  const { resourceArns: resources, conditions } = inPolicy;
  const principals = [options.grantee.grantPrincipal];
  const inResource = Grant.addStatementToResourcePolicy({
    ...options,
    statement: new PolicyStatement({ principals, actions: options.actions, resources, conditions }),
    resource: {
      env: resource.env,
      addToResourcePolicy: (statement) => {
        const result = resource.addToResourcePolicy(statement);
        if (!result.statementAdded) {
          printStatements(scope, warning, [statement]);
        }
        return result;
      },
    },
  });
  return granted.combine(inResource);
}

/** Whether a principal is known to be in an account. */
export function isInAccount({ grantPrincipal: { principalAccount } }: IGrantable, account: string): boolean {
  return (
    principalAccount !== undefined &&
    [TokenComparison.SAME, TokenComparison.BOTH_UNRESOLVED].includes(Token.compareStrings(account, principalAccount))
  );
}
