import type { StackPolicies } from '@log-archiver/local-aws';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { newArchiver, newStack } from '../archiver-stack';
import { type AccessCase, createAdministrator } from './cases/access-cases';
import { listAttacks, listCalls } from './cases/archiver-cases';
import { DeployedStack } from './cases/deployed-stack';
import { listKeyServiceCases, listKeyUseCases } from './cases/encryption-cases';
import { listQueueCases, listRuleAndMetricCases, listTopicCases, listTopicKeyCases } from './cases/notification-cases';
import { listExportCalls, listTrustCases } from './cases/service-cases';

const ACCOUNT = '111111111111';
const KEY_PREFIX = 'logs';

/** An archiver with a customer-managed key for everything that it creates, and a topic with another key. */
export class HardenedArchiver {
  public readonly stack: StackPolicies;
  public readonly policies: StackPolicies[];
  public readonly cases: Record<'archiver' | 'notifications' | 'keys', AccessCase[]>;

  constructor() {
    const app = newStack();
    new Key(app, 'AnotherKey');
    newArchiver(app, {
      keyPrefix: KEY_PREFIX,
      encryptionKey: new Key(app, 'Key'),
      notificationTopic: new Topic(app, 'Topic', { masterKey: new Key(app, 'TopicKey') }),
    });
    const deployed = new DeployedStack(app, ACCOUNT);
    const bucketName = deployed.ref('AWS::S3::Bucket');
    const location = { bucketName, owner: ACCOUNT, keyPrefix: KEY_PREFIX };
    const [here, there] = [createAdministrator(ACCOUNT), createAdministrator('333333333333')];
    this.stack = deployed.policies;
    this.policies = [this.stack, here, there];
    this.cases = {
      archiver: [
        ...listCalls(deployed, location),
        ...listAttacks(deployed, location),
        ...listExportCalls(ACCOUNT, location),
        ...listTrustCases(deployed, [here.arn, there.arn]),
      ],
      notifications: [listQueueCases, listTopicCases, listTopicKeyCases, listRuleAndMetricCases].flatMap((cases) =>
        cases(deployed, here.arn, there.arn),
      ),
      keys: [
        ...listKeyUseCases(deployed, bucketName),
        ...listKeyServiceCases(deployed, bucketName, [here.arn, there.arn]),
      ],
    };
  }
}
