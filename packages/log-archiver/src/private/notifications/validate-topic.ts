import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type ResourceScope, validateEnvironment, validateKey } from '../validate-environment';

/** Throws if alarms and rules cannot publish to the topic. */
export function validateTopic(
  scope: Construct,
  user: ResourceScope['user'],
  { fifo, topicArn, env, node, masterKey }: ITopic,
) {
  if (fifo || topicArn.endsWith('.fifo')) {
    throw new Error(
      'notificationTopic must be a standard topic: CloudWatch alarms and EventBridge rules cannot publish to FIFO ' +
        `topics; got ${node.path}`,
    );
  }
  validateEnvironment(scope, { field: 'notificationTopic', user, aspects: ['region'] }, env);
  if (masterKey) {
    validateKey(scope, { field: 'notificationTopic.masterKey', user, aspects: ['region'] }, masterKey);
  }
}
