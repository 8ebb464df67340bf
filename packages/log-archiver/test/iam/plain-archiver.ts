import type { StackPolicies } from '@log-archiver/local-aws';
import { newArchiver, newStack } from '../archiver-stack';
import { type AccessCase, createAdministrator } from './cases/access-cases';
import { listAttacks, listCalls } from './cases/archiver-cases';
import { DeployedStack } from './cases/deployed-stack';
import { listQueueCases } from './cases/notification-cases';
import { listExportCalls, listTrustCases } from './cases/service-cases';

const ACCOUNT = '111111111111';
const KEY_PREFIX = 'logs';

/** An archiver with a bucket of its own, and its access cases. */
export class PlainArchiver {
  public readonly stack: StackPolicies;
  public readonly policies: StackPolicies[];
  public readonly cases: Record<'calls' | 'attacks' | 'exports' | 'trust' | 'queue', AccessCase[]>;

  constructor() {
    const app = newStack();
    newArchiver(app, { keyPrefix: KEY_PREFIX });
    const deployed = new DeployedStack(app, ACCOUNT);
    const location = { bucketName: deployed.ref('AWS::S3::Bucket'), owner: ACCOUNT, keyPrefix: KEY_PREFIX };
    const [here, there] = [createAdministrator(ACCOUNT), createAdministrator('333333333333')];
    this.stack = deployed.policies;
    this.policies = [this.stack, here, there];
    this.cases = {
      calls: listCalls(deployed, location),
      attacks: listAttacks(deployed, location),
      exports: listExportCalls(ACCOUNT, location),
      trust: listTrustCases(deployed, [here.arn, there.arn]),
      queue: listQueueCases(deployed, here.arn, there.arn),
    };
  }
}
