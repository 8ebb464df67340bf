import { checkpointKey, logGroupsKey, taskSecretKey } from '@log-archiver/core';
import type { StackPolicies } from '@log-archiver/local-aws';
import { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, type IGrantable, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket } from '../../src';
import { newApp, newArchiver } from '../archiver-stack';
import { type AccessCase, createCase } from './cases/access-cases';
import { createKeys } from './cases/archiver-cases';
import { DeployedStack, REGION } from './cases/deployed-stack';

const OWNER = '999999999999';
const AUDIT = '555555555555';
const SOURCE = '111111111111';

export interface ReaderOptions {
  /** Creates a bucket with a key, and grants the principal to read its archive. */
  readonly grant: (stack: Stack, key: Key, grantee: IGrantable) => void;
  readonly keyPrefix: string;
  /** Whether the bucket contains nothing else. */
  readonly isWholeBucket: boolean;
  /** Account of the principal. @default - the account of the bucket */
  readonly account?: string;
}

const createArchiveBucket: ReaderOptions['grant'] = (stack, encryptionKey, grantee) =>
  new ArchiveBucket(stack, 'Archive', { sourceAccounts: [SOURCE], encryptionKey }).grantRead(grantee);
const inSharedBucket = { grant: createArchiveBucket, keyPrefix: `${SOURCE}/${REGION}`, isWholeBucket: true };

export const READERS: [string, ReaderOptions][] = [
  [
    'an archiver with a bucket of its own',
    {
      grant: (stack, encryptionKey, grantee) =>
        newArchiver(stack, { encryptionKey, keyPrefix: 'logs' }).grantRead(grantee),
      keyPrefix: 'logs',
      isWholeBucket: true,
    },
  ],
  [
    'an archiver in a bucket with other contents',
    {
      grant: (stack, encryptionKey, grantee) => {
        const bucket = new Bucket(stack, 'Bucket', { encryptionKey });
        newArchiver(stack, { bucket, keyPrefix: 'logs' }).grantRead(grantee);
      },
      keyPrefix: 'logs',
      isWholeBucket: false,
    },
  ],
  ['an archive bucket, in its account', inSharedBucket],
  ['an archive bucket, in another account', { ...inSharedBucket, account: AUDIT }],
];

/** A role to which reading was granted, and its access cases. */
export class Reader {
  public readonly policies: StackPolicies[];
  public readonly cases: AccessCase[];

  constructor({ grant, keyPrefix, isWholeBucket, account = OWNER }: ReaderOptions) {
    const app = newApp();
    const stack = new Stack(app, 'Archive', { env: { account: OWNER, region: REGION } });
    const auditors = account === OWNER ? stack : new Stack(app, 'Auditors', { env: { account, region: REGION } });
    const assumedBy = new AccountRootPrincipal();
    const key = new Key(stack, 'Key');
    grant(stack, key, new Role(auditors, 'Auditor', { assumedBy, roleName: 'auditor' }));
    const other = new Key(stack, 'OtherKey');
    const deployed = new DeployedStack(stack, OWNER);
    const stacks = account === OWNER ? [deployed] : [deployed, new DeployedStack(auditors, account)];
    this.policies = stacks.map(({ policies }) => policies);

    const reader = `arn:aws:iam::${account}:role/auditor`;
    const bucket = `arn:aws:s3:::${deployed.ref('AWS::S3::Bucket')}`;
    const keyArns = [key, other].map(({ node }) => deployed.arn('AWS::KMS::Key', node.id));
    this.cases = [
      ...listObjectCases(reader, bucket, keyPrefix, isWholeBucket),
      ...listKeyCases(reader, bucket, keyArns as [string, string]),
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
    // Another account may have taken the name of the bucket first.
    { ...ask(false, 's3:GetObject', `${bucket}/${keys.receipt}`, { 's3:ResourceAccount': '333333333333' }) },
  ];
}

function listKeyCases(reader: string, bucket: string, [key, other]: [string, string]): AccessCase[] {
  const through = (service: string, arn: string) => ({
    'kms:ViaService': `${service}.${REGION}.amazonaws.com`,
    'kms:EncryptionContext:aws:s3:arn': arn,
  });
  const ofArchive = through('s3', `${bucket}/a`);
  return [
    createCase(true, reader, 'kms:Decrypt', key, ofArchive),
    createCase(true, reader, 'kms:Decrypt', key, through('s3', bucket)),
    createCase(false, reader, 'kms:Decrypt', key),
    createCase(false, reader, 'kms:Decrypt', key, through('logs', bucket)),
    createCase(false, reader, 'kms:Decrypt', key, through('s3', 'arn:aws:s3:::another/a')),
    createCase(false, reader, 'kms:Decrypt', other, ofArchive),
    ...['kms:GenerateDataKey', 'kms:Encrypt', 'kms:PutKeyPolicy', 'kms:CreateGrant'].map((action) =>
      createCase(false, reader, action, key, ofArchive),
    ),
  ];
}
