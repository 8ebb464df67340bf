import type { StackPolicies } from '@log-archiver/local-aws';
import type { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, type ArchiveVerifierProps } from '../../src';
import { newStack } from '../archiver-stack';
import { newVerifier } from '../verifier-stack';
import { type AccessCase, createAdministrator } from './cases/access-cases';
import { DeployedStack, REGION } from './cases/deployed-stack';
import { listQueueCases } from './cases/notification-cases';
import { listTrustCases } from './cases/service-cases';
import {
  getVerifierRoles,
  listBucketCases,
  listBucketKeyCases,
  listServiceCalls,
  listSigningCases,
  type VerifierLocation,
} from './cases/verifier-cases';

const ACCOUNT = '111111111111';
const SOURCE = '222222222222';
const FUNCTION_IDS = ['PlanVerification', 'VerifyReceipts', 'WriteStatements'];

export interface VerifiedArchiveOptions extends Omit<VerifierLocation, 'bucketName'> {
  readonly createProps: (stack: Stack) => ArchiveVerifierProps;
  readonly hasKey: boolean;
}

export const VERIFIED_ARCHIVES: Record<'an archive bucket' | 'another bucket', VerifiedArchiveOptions> = {
  'an archive bucket': {
    createProps: (stack) =>
      new ArchiveBucket(stack, 'Archive', {
        sourceAccounts: [SOURCE],
        encryptionKey: new Key(stack, 'BucketKey'),
      }),
    hasKey: true,
    archiver: { account: SOURCE, keyPrefix: `${SOURCE}/${REGION}` },
    otherKeyPrefixes: [],
  },
  'another bucket': {
    createProps: (stack) => ({ bucket: new Bucket(stack, 'Bucket', { versioned: true }), keyPrefix: 'logs' }),
    hasKey: false,
    archiver: { account: ACCOUNT, keyPrefix: 'logs' },
    otherKeyPrefixes: ['elsewhere', 'team/logs'],
  },
};

/** A verifier and its bucket in one account, and its access cases. */
export class VerifiedArchive {
  public readonly stack: StackPolicies;
  public readonly policies: StackPolicies[];
  public readonly cases: Record<'bucket' | 'calls' | 'keys' | 'trust' | 'queue', AccessCase[]>;

  constructor({ createProps, hasKey, ...archive }: VerifiedArchiveOptions) {
    const app = newStack();
    new Key(app, 'AnotherKey');
    const { bucket, keyPrefix } = createProps(app);
    newVerifier(app, { bucket, keyPrefix });
    const deployed = new DeployedStack(app, ACCOUNT);
    const location = { ...archive, bucketName: deployed.ref('AWS::S3::Bucket') };
    const [here, there] = [createAdministrator(ACCOUNT), createAdministrator('333333333333')];
    this.stack = deployed.policies;
    this.policies = [this.stack, here, there];
    this.cases = {
      bucket: listBucketCases(deployed, location),
      calls: listServiceCalls(deployed),
      keys: [
        ...listSigningCases(deployed, here.arn, there.arn),
        ...(hasKey ? listBucketKeyCases(deployed, location) : []),
      ],
      trust: listTrustCases(deployed, [here.arn, there.arn], { id: 'Verifier', functionIds: FUNCTION_IDS }),
      queue: listQueueCases(deployed, here.arn, there.arn, getVerifierRoles(deployed)),
    };
  }
}
