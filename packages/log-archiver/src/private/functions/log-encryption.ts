import { Aws, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { createLogsPrincipal } from '../destination/bucket-statements';
import { printStatements } from '../policy-statements';

/**
 * Allows CloudWatch Logs to encrypt these log groups with the key, and to deliver the state machine's events to them.
 *
 * The CDK adds the statement for the delivery to a key of the app, but does not warn if the key is imported.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function grantLogEncryption(scope: Construct, key: IKey, logGroups: LogGroup[]) {
  const stack = Stack.of(scope);
  const statement = new PolicyStatement({
    principals: [createLogsPrincipal(stack)],
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups.map((each) => createArnPattern(each, key)) },
    },
  });
  if (!key.addToResourcePolicy(statement).statementAdded) {
    const delivery = new PolicyStatement({
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:Decrypt*'],
      resources: ['*'],
    });
    printStatements(
      scope,
      {
        id: 'encryptionKeyPolicy',
        text:
          'encryptionKey is imported, so its policy cannot be updated automatically; deployment will fail until the key ' +
          'policy contains these statements',
        arn: key.keyArn,
        account: key.env.account,
      },
      [statement, delivery],
    );
  }
}

/**
 * Returns a pattern for the ARN of a log group, without a reference to the log group.
 *
 * A log group depends on its key, so the key's policy can only use the start of the name that CloudFormation generates.
 * In the same stack, the start is the name under which the stack is deployed: a stack set, for example, chooses the
 * name. A key of another stack uses the name with which the stack was synthesized. A nested stack depends on the key as
 * a whole, so its name is replaced with `*`.
 */
function createArnPattern(logGroup: LogGroup, key: IKey): string {
  const stack = Stack.of(logGroup);
  const { logicalId, logGroupName } = logGroup.node.defaultChild as CfnLogGroup;
  const synthesizedName = Token.isUnresolved(stack.stackName) ? '*' : stack.stackName;
  const stackName = key.stack === stack ? Aws.STACK_NAME : synthesizedName;
  // A name that is not set is a token that resolves to nothing.
  const name = stack.resolve(logGroupName) ?? `${stackName}-${logicalId}-*`;
  return `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:${name}`;
}
