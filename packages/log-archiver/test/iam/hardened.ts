import type { StackPolicies } from '@log-archiver/local-aws';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { newArchiver, newStack } from '../archiver-stack';
import { administratorOf, type Row } from './access-cases';
import { attacksOf, callsOf } from './archiver-cases';
import { DeployedStack } from './deployed-stack';
import { keyServices, keyUses } from './encryption-cases';
import { queueRows, topicKeyRows, topicRows } from './notification-cases';
import { exportsOf, trustOf } from './service-cases';

const ACCOUNT = '111111111111';
const KEY_PREFIX = 'logs';

/** An archiver with all there is: a key of the customer for all of its own, and a topic with another one. */
export class Hardened {
  public readonly stack: StackPolicies;
  public readonly policies: StackPolicies[];
  public readonly rows: Record<'archiver' | 'operators' | 'keys', Row[]>;

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
    const place = { bucketName, owner: ACCOUNT, keyPrefix: KEY_PREFIX };
    const [here, there] = [administratorOf(ACCOUNT), administratorOf('333333333333')];
    this.stack = deployed.policies;
    this.policies = [this.stack, here, there];
    this.rows = {
      archiver: [
        ...callsOf(deployed, place),
        ...attacksOf(deployed, place),
        ...exportsOf(ACCOUNT, place),
        ...trustOf(deployed, [here.arn, there.arn]),
      ],
      operators: [queueRows, topicRows, topicKeyRows].flatMap((rows) => rows(deployed, here.arn, there.arn)),
      keys: [...keyUses(deployed, bucketName), ...keyServices(deployed, bucketName, [here.arn, there.arn])],
    };
  }
}
