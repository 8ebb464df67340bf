import { Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { logsService } from './bucket-statements';
import { warnOfStatements } from './warn-of-statements';

/**
 * Lets CloudWatch Logs, and its delivery of the state machine's events, use the key for these log groups alone. A key of
 * the app gets the second statement from the CDK, which says nothing where it cannot add it.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function letLogGroupsUse(scope: Construct, key: IKey, logGroups: LogGroup[]) {
  const stack = Stack.of(scope);
  const statement = new PolicyStatement({
    principals: [logsService(stack)],
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups.map(arnPattern) } },
  });
  if (!key.addToResourcePolicy(statement).statementAdded) {
    const delivery = new PolicyStatement({
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:Decrypt*'],
      resources: ['*'],
    });
    warnOfStatements(
      scope,
      'encryptionKeyPolicy',
      'the policy of an imported encryptionKey cannot be changed from here; the stack is not deployed until it has these statements',
      [statement, delivery],
    );
  }
}

/**
 * A log group waits for its key, so the key's policy cannot wait for the name that CloudFormation gives it: its start will
 * do. Nor can it wait for that of a nested stack, which waits for the key as a whole.
 */
function arnPattern(logGroup: LogGroup): string {
  const stack = Stack.of(logGroup);
  const { logicalId, logGroupName } = logGroup.node.defaultChild as CfnLogGroup;
  // A name that is not given is a token of nothing.
  const stackName = Token.isUnresolved(stack.stackName) ? '*' : stack.stackName;
  const name = stack.resolve(logGroupName) ?? `${stackName}-${logicalId}-*`;
  return `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:${name}`;
}
