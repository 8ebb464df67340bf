import { Aws, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { logsService } from '../destination/bucket-statements';
import { warnOfStatements } from '../policy-statements';

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
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups.map((each) => arnPattern(each, key)) } },
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
 * do. In a policy of the same stack it is the name that the stack is deployed under, which a stack set decides, say.
 * Another stack knows the one that was synthesized; of a nested stack none, as that waits for the key as a whole.
 */
function arnPattern(logGroup: LogGroup, key: IKey): string {
  const stack = Stack.of(logGroup);
  const { logicalId, logGroupName } = logGroup.node.defaultChild as CfnLogGroup;
  const synthesizedName = Token.isUnresolved(stack.stackName) ? '*' : stack.stackName;
  const stackName = key.stack === stack ? Aws.STACK_NAME : synthesizedName;
  // A name that is not given is a token of nothing.
  const name = stack.resolve(logGroupName) ?? `${stackName}-${logicalId}-*`;
  return `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:${name}`;
}
