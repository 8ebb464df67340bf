import { checkpointKey, logGroupsKey, taskSecretKey } from '@log-archiver/core';
import type { StackPolicies } from '@log-archiver/local-aws';
import { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, type IGrantable, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket } from '../../src';
import { newApp, newArchiver } from '../archiver-stack';
import { type AccessCase, createAdministrator, createCase } from './cases/access-cases';
import { createKeys } from './cases/archiver-cases';
import { DeployedStack, REGION } from './cases/deployed-stack';
import { ANOTHER_KEY } from './cases/shared-bucket-cases';
import { openToAccounts } from './shared-bucket';

const OWNER = '999999999999';
const AUDIT = '555555555555';
const SOURCE = '111111111111';
const FOREIGN = '333333333333';
const READER_NAME = 'auditor';
/** Another bucket in the account of the archive. */
const ANOTHER_BUCKET = 'arn:aws:s3:::another';

export interface ReaderOptions {
  /** Creates a bucket with the key, and grants the principal to read its archive. */
  readonly grant: (stack: Stack, key: Key | undefined, grantee: IGrantable) => void;
  readonly keyPrefix: string;
  /** Whether the bucket contains nothing else. */
  readonly isWholeBucket: boolean;
  /** Account of the principal. @default - the account of the bucket */
  readonly account?: string;
  /** Whether the other account has created the role, with permissions for everything. @default false */
  readonly isImported?: boolean;
  /** Whether the bucket has a customer-managed key. @default true */
  readonly hasKey?: boolean;
}

const ofOwnBucket: ReaderOptions = {
  grant: (stack, encryptionKey, grantee) => newArchiver(stack, { encryptionKey, keyPrefix: 'logs' }).grantRead(grantee),
  keyPrefix: 'logs',
  isWholeBucket: true,
};
const ofOtherBucket: ReaderOptions = {
  grant: (stack, encryptionKey, grantee) => {
    const bucket = new Bucket(stack, 'Bucket', { encryptionKey, bucketName: 'contents' });
    newArchiver(stack, { bucket, keyPrefix: 'logs' }).grantRead(grantee);
  },
  keyPrefix: 'logs',
  isWholeBucket: false,
};
const ofArchiveBucket: ReaderOptions = {
  grant: (stack, encryptionKey, grantee) =>
    new ArchiveBucket(stack, 'Archive', { sourceAccounts: [SOURCE], encryptionKey }).grantRead(grantee),
  keyPrefix: `${SOURCE}/${REGION}`,
  isWholeBucket: true,
};

export const READERS: [string, ReaderOptions][] = [
  ['an archiver with a bucket of its own', ofOwnBucket],
  ['an archiver with a bucket of its own, without a key', { ...ofOwnBucket, hasKey: false }],
  ['an archiver with a bucket of its own, in another account', { ...ofOwnBucket, account: AUDIT, isImported: true }],
  ['an archiver in a bucket with other contents', ofOtherBucket],
  ['an archiver in a bucket with other contents, in another account', { ...ofOtherBucket, account: AUDIT }],
  ['an archive bucket, in its account', ofArchiveBucket],
  ['an archive bucket, in another account', { ...ofArchiveBucket, account: AUDIT }],
  ['an archive bucket, in another account, without a key', { ...ofArchiveBucket, account: AUDIT, hasKey: false }],
];

/** Policies of a reader, and the cases that they must decide. */
interface ReaderCheck {
  readonly condition: string;
  /** Adds the condition to the policies. */
  readonly change: (policies: StackPolicies[]) => StackPolicies[];
  readonly cases: AccessCase[];
}

/** A role to which reading was granted, and its access cases. */
export class Reader {
  /** Policies as deployed. */
  public readonly policies: StackPolicies[];
  public readonly cases: AccessCase[];
  /**
   * The cases, and for a role of another account those that its own policy must decide, and those that the policies of
   * the bucket and of the key must decide.
   */
  public readonly checks: ReaderCheck[];

  constructor(options: ReaderOptions) {
    const { grant, keyPrefix, isWholeBucket, account = OWNER, isImported = false, hasKey = true } = options;
    const app = newApp();
    const createStack = (id: string, ofAccount: string) =>
      new Stack(app, id, { env: { account: ofAccount, region: REGION } });
    const stack = createStack('Archive', OWNER);
    const auditors = account === OWNER ? stack : createStack('Auditors', account);
    const administrator = createAdministrator(account, '/', READER_NAME);
    const { arn } = administrator;
    const assumedBy = new AccountRootPrincipal();
    const key = new Key(stack, 'Key');
    const role = isImported
      ? Role.fromRoleArn(stack, 'Auditor', arn)
      : new Role(auditors, 'Auditor', { assumedBy, roleName: READER_NAME });
    grant(stack, hasKey ? key : undefined, role);
    const other = new Key(stack, 'OtherKey');
    const deployed = new DeployedStack(stack, OWNER);
    const another = { logicalId: 'AnotherBucket', of: [ANOTHER_BUCKET], document: { Statement: [] } };
    const colleague = createAdministrator(account);
    this.policies = [
      deployed.policies,
      ...(auditors === stack ? [] : [isImported ? administrator : new DeployedStack(auditors, account).policies]),
      { account: OWNER, roles: [], resourcePolicies: [another] },
      colleague,
    ];

    const bucket = `arn:aws:s3:::${deployed.ref('AWS::S3::Bucket')}`;
    const [keyArn, otherArn] = [key, other].map(({ node }) => deployed.arn('AWS::KMS::Key', node.id));
    const ofObjects = listObjectCases(arn, bucket, keyPrefix, isWholeBucket);
    const ofKey = hasKey ? listKeyCases(arn, bucket, keyArn, isImported) : [];
    const [ofRole, ofOtherKey] = [listRoleCases(arn, bucket, keyPrefix), listOtherKeyCases(arn, bucket, otherArn)];
    const ofColleague = account === OWNER ? [] : [...ofObjects, ...ofKey].filter(({ allowed }) => allowed);
    const ofResources = [
      ...[...ofObjects, ...ofKey],
      ...ofColleague.map((each) => ({ ...each, principal: colleague.arn, allowed: false })),
    ];
    this.cases = [...ofResources, ...ofOtherKey, ...(isImported ? [] : ofRole)];
    this.checks = [
      { condition: 'as deployed', change: (policies) => policies, cases: this.cases },
      ...(account === OWNER || isImported
        ? []
        : [
            {
              condition: 'if its own policy allows everything',
              change: (policies: StackPolicies[]) => [...policies, administrator],
              cases: ofResources,
            },
            {
              condition: 'if the policies of buckets and keys allow everything to its account',
              change: (policies: StackPolicies[]) => openToAccounts(policies, [account]),
              cases: [...ofObjects, ...ofKey, ...ofRole],
            },
          ]),
    ];
  }
}

function listObjectCases(reader: string, bucket: string, keyPrefix: string, isWholeBucket: boolean): AccessCase[] {
  const keys = createKeys(SOURCE, keyPrefix);
  const location = { account: SOURCE, region: REGION, keyPrefix };
  const statement = `_verified/statements/${keyPrefix}/${SOURCE}/${REGION}/machine/2026-10.json`;
  const others = createKeys(SOURCE, 'elsewhere');
  const readable = [keys.receipt, keys.period, keys.archived, keys.report, statement];
  const ofArchiver = [checkpointKey, logGroupsKey, taskSecretKey].map((format) => format(location, 'machine'));
  const all = [...readable, ...ofArchiver, keys.part, others.receipt, others.archived, '_verified/table.json', 'notes'];
  const ask = (allowed: boolean, action: string, resource: string, context?: Record<string, string>) => ({
    ...createCase(allowed, reader, action, resource, context),
    owner: OWNER,
  });
  const list = (allowed: boolean, prefix: string) => ask(allowed, 's3:ListBucket', bucket, { 's3:prefix': prefix });
  const isElsewhereReadable = isWholeBucket && keyPrefix !== 'logs';
  return [
    ...readable.map((key) => ask(true, 's3:GetObject', `${bucket}/${key}`)),
    ...[...ofArchiver, 'notes'].map((key) => ask(false, 's3:GetObject', `${bucket}/${key}`)),
    ask(isWholeBucket, 's3:GetObject', `${bucket}/_verified/table.json`),
    ...[others.receipt, others.archived].map((key) => ask(isElsewhereReadable, 's3:GetObject', `${bucket}/${key}`)),
    ...[keys.receipts, keys.archived, statement].map((prefix) => list(true, prefix)),
    ...['', 'notes', others.receipts].map((prefix) => list(isWholeBucket, prefix)),
    ...all.flatMap((key) =>
      ['PutObject', 'DeleteObject', 'DeleteObjectVersion', 'PutObjectTagging', 'PutObjectRetention'].map((action) =>
        ask(false, `s3:${action}`, `${bucket}/${key}`),
      ),
    ),
    ...['DeleteBucket', 'PutBucketPolicy', 'PutLifecycleConfiguration', 'ListBucketVersions'].map((action) =>
      ask(false, `s3:${action}`, bucket),
    ),
    ask(false, 's3:ListBucketVersions', bucket, { 's3:prefix': keys.receipts }),
  ];
}

/** Returns calls that the policies of the bucket and of the key do not decide. */
function listRoleCases(reader: string, bucket: string, keyPrefix: string): AccessCase[] {
  const { receipt, receipts } = createKeys(SOURCE, keyPrefix);
  const prefix = { 's3:prefix': receipts };
  // Another account may have taken the name of the bucket first.
  const foreign = { 's3:ResourceAccount': FOREIGN };
  return [
    createCase(false, reader, 's3:GetObject', `${bucket}/${receipt}`, foreign),
    createCase(false, reader, 's3:ListBucket', bucket, { ...prefix, ...foreign }),
    createCase(false, reader, 's3:GetObject', `${ANOTHER_BUCKET}/${receipt}`),
    createCase(false, reader, 's3:ListBucket', ANOTHER_BUCKET, prefix),
    createCase(false, reader, 'kms:Decrypt', ANOTHER_KEY, throughS3(`${bucket}/a`)),
  ].map((each) => (each.resource.startsWith('arn:aws:s3:::') ? { ...each, owner: OWNER } : each));
}

/** Returns the use of a key of the same account, which the policy of a role cannot name from another account. */
function listOtherKeyCases(reader: string, bucket: string, key: string): AccessCase[] {
  return [createCase(false, reader, 'kms:Decrypt', key, throughS3(`${bucket}/a`))];
}

function throughS3(arn: string): Record<string, string> {
  return { 'kms:ViaService': `s3.${REGION}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': arn };
}

/**
 * Returns the use of the bucket's key.
 *
 * The key's policy cannot name a bucket whose name CloudFormation generates, so it allows an imported role the use for
 * any bucket.
 */
function listKeyCases(reader: string, bucket: string, key: string, isImported: boolean): AccessCase[] {
  const ofArchive = throughS3(`${bucket}/a`);
  return [
    createCase(true, reader, 'kms:Decrypt', key, ofArchive),
    createCase(true, reader, 'kms:Decrypt', key, throughS3(bucket)),
    createCase(false, reader, 'kms:Decrypt', key),
    createCase(false, reader, 'kms:Decrypt', key, {
      ...throughS3(bucket),
      'kms:ViaService': `logs.${REGION}.amazonaws.com`,
    }),
    createCase(false, reader, 'kms:Decrypt', key, { 'kms:ViaService': `s3.${REGION}.amazonaws.com` }),
    createCase(isImported, reader, 'kms:Decrypt', key, throughS3(`${ANOTHER_BUCKET}/a`)),
    ...['kms:GenerateDataKey', 'kms:Encrypt', 'kms:PutKeyPolicy', 'kms:CreateGrant'].map((action) =>
      createCase(false, reader, action, key, ofArchive),
    ),
  ];
}
