import type { StackPolicies } from '@log-archiver/local-aws';
import { newArchiver, newStack } from '../archiver-stack';
import { administratorOf, type Row } from './access-cases';
import { attacksOf, callsOf } from './archiver-cases';
import { DeployedStack } from './deployed-stack';
import { queueRows } from './notification-cases';
import { exportsOf, trustOf } from './service-cases';

const ACCOUNT = '111111111111';
const KEY_PREFIX = 'logs';

/** An archiver with a bucket of its own, and the calls that are asked of them. */
export class OwnBucket {
  public readonly stack: StackPolicies;
  public readonly policies: StackPolicies[];
  public readonly rows: Record<'calls' | 'attacks' | 'exports' | 'trust' | 'queue', Row[]>;

  constructor() {
    const app = newStack();
    newArchiver(app, { keyPrefix: KEY_PREFIX });
    const deployed = new DeployedStack(app, ACCOUNT);
    const place = { bucketName: deployed.ref('AWS::S3::Bucket'), owner: ACCOUNT, keyPrefix: KEY_PREFIX };
    const [here, there] = [administratorOf(ACCOUNT), administratorOf('333333333333')];
    this.stack = deployed.policies;
    this.policies = [this.stack, here, there];
    this.rows = {
      calls: callsOf(deployed, place),
      attacks: attacksOf(deployed, place),
      exports: exportsOf(ACCOUNT, place),
      trust: trustOf(deployed, [here.arn, there.arn]),
      queue: queueRows(deployed, here.arn, there.arn),
    };
  }
}
