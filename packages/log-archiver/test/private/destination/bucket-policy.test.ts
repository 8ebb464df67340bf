import { Key } from 'aws-cdk-lib/aws-kms';
import { ArchiveBucket, type ArchiveBucketProps } from '../../../src';
import { getResources, newStack, TOKYO } from '../../archiver-stack';
import { withLongestValues } from '../../longest-values';
import type { PolicyDocument } from '../../policies';

const BUCKET = `arn:aws-us-gov:s3:::${'b'.repeat(63)}`;
const KEY = 'arn:aws-us-gov:kms:ap-southeast-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef';
const NAMED = 'arn:aws-us-gov:s3:::log-archive-123456789012-ap-northeast-1';
const ACCOUNTS = ['111111111111', '222222222222'];

/** Returns the policies of an archive bucket and its key as deployed with the longest possible values. */
function createPolicies(props: ArchiveBucketProps, env: typeof TOKYO | undefined = TOKYO) {
  const stack = newStack({ env });
  new ArchiveBucket(stack, 'Archive', { ...props, encryptionKey: new Key(stack, 'Key') });
  const resources = getResources(stack);
  const [bucketPolicy, key] = ['AWS::S3::BucketPolicy', 'AWS::KMS::Key'].map((type) =>
    Object.values(resources).find(({ Type }) => Type === type),
  );
  const document = (value: unknown) => withLongestValues(value, resources) as PolicyDocument;
  return {
    bucketPolicy: document(bucketPolicy?.Properties.PolicyDocument),
    keyPolicy: document(key?.Properties.KeyPolicy),
  };
}

describe('the policy of an ArchiveBucket', () => {
  const everyone = { Effect: 'Deny', Principal: { AWS: '*' } };
  const logs = { Effect: 'Allow', Principal: { Service: 'logs.ap-northeast-1.amazonaws.com.cn' } };
  const callers = { Effect: 'Allow', Principal: { AWS: ACCOUNTS } };
  const StringLike = { 'aws:SourceArn': 'arn:aws-us-gov:logs:ap-northeast-1:${aws:SourceAccount}:log-group:*' };
  const by = (name: string) => ({
    ArnLike: { 'aws:PrincipalArn': `arn:aws-us-gov:iam::*:role/log-archiver/${name}/*` },
  });
  const ACCOUNT = '${aws:PrincipalAccount}';
  const metadata = (...folders: string[]) =>
    folders.flatMap((folder) => [`${ACCOUNT}/`, `${ACCOUNT}/*/`].map((start) => `${start}_log-archiver/${folder}*`));
  const locate = (keys: string[]) => keys.map((each) => `${BUCKET}/${each}`);
  const readWrite = ['s3:GetObject', 's3:PutObject'];

  it('has exactly these statements', () => {
    const { bucketPolicy } = createPolicies({ sourceAccounts: ACCOUNTS });
    expect(bucketPolicy.Statement).toEqual([
      {
        ...everyone,
        Action: 's3:*',
        Resource: [BUCKET, `${BUCKET}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        ...everyone,
        Action: 's3:*',
        Resource: [BUCKET, `${BUCKET}/*`],
        Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
      },
      {
        ...logs,
        Sid: 'LogsServiceReadsTheBucketAcl',
        Action: 's3:GetBucketAcl',
        Resource: BUCKET,
        Condition: { StringLike },
      },
      {
        ...logs,
        Sid: 'LogsServiceWritesBelowAYear',
        Action: 's3:PutObject',
        Resource: locate(['${aws:SourceAccount}/20??/*', '${aws:SourceAccount}/*/20??/*']),
        Condition: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
          StringLike,
        },
      },
      {
        ...callers,
        Sid: 'ExportersWriteBelowAYear',
        Action: 's3:PutObject',
        Resource: locate([`${ACCOUNT}/20??/*`, `${ACCOUNT}/*/20??/*`]),
        Condition: by('export-log-to-s3'),
      },
      {
        ...callers,
        Sid: 'RecordersReadAndWriteReceipts',
        Action: readWrite,
        Resource: locate(metadata('receipts/', 'parts/')),
        Condition: by('record-archive'),
      },
      {
        ...callers,
        Sid: 'RecordersListBelowTheirAccount',
        Action: 's3:ListBucket',
        Resource: BUCKET,
        Condition: { ...by('record-archive'), StringLike: { 's3:prefix': [`${ACCOUNT}/*`] } },
      },
      {
        ...callers,
        Sid: 'PlannersReadAndWriteRunsAndPeriods',
        Action: readWrite,
        Resource: locate(metadata('runs/', 'periods/')),
        Condition: by('plan-archive'),
      },
      {
        ...callers,
        Sid: 'PlannersReadReceipts',
        Action: 's3:GetObject',
        Resource: locate(metadata('receipts/')),
        Condition: by('plan-archive'),
      },
      {
        ...callers,
        Sid: 'PlannersListMetadata',
        Action: 's3:ListBucket',
        Resource: BUCKET,
        Condition: { ...by('plan-archive'), StringLike: { 's3:prefix': metadata('') } },
      },
      {
        ...logs,
        Effect: 'Deny',
        Sid: 'LogsServiceActsForTheSourceAccounts',
        Action: ['s3:GetBucketAcl', 's3:PutObject'],
        Resource: [BUCKET, `${BUCKET}/*`],
        Condition: { StringNotEquals: { 'aws:SourceAccount': ACCOUNTS } },
      },
      {
        ...everyone,
        Sid: 'ReceiptsAreWrittenOnce',
        Action: 's3:PutObject',
        Resource: [`${BUCKET}/*/_log-archiver/receipts/*`, `${BUCKET}/*/_log-archiver/parts/*`],
        Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      },
      {
        ...everyone,
        Sid: 'NoCustomerProvidedKeys',
        Action: 's3:PutObject',
        Resource: `${BUCKET}/*`,
        Condition: { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } },
      },
      {
        ...everyone,
        Sid: 'NoForeignKeys',
        Action: 's3:PutObject',
        Resource: `${BUCKET}/*`,
        Condition: {
          Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
          StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': KEY },
        },
      },
      {
        ...everyone,
        Sid: 'OnlyTheOwnerDeletes',
        Action: [
          's3:DeleteObject',
          's3:DeleteObjectVersion',
          's3:DeleteBucket',
          's3:BypassGovernanceRetention',
          's3:DeleteBucketPolicy',
          's3:PutBucketObjectLockConfiguration',
          's3:PutBucketPolicy',
          's3:PutBucketVersioning',
          's3:PutLifecycleConfiguration',
          's3:PutObjectLegalHold',
          's3:PutObjectRetention',
        ],
        Resource: [BUCKET, `${BUCKET}/*`],
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': TOKYO.account } },
      },
    ]);
  });

  it('admits callers by organization if there is one, and log groups by account', () => {
    const { bucketPolicy, keyPolicy } = createPolicies({ sourceAccounts: ACCOUNTS, organizationId: 'o-abcdefghij' });
    const callerStatements = [...bucketPolicy.Statement, ...keyPolicy.Statement].filter(
      ({ Effect, Principal }) => Effect === 'Allow' && Principal?.AWS === '*',
    );
    expect(callerStatements).toHaveLength(7);
    for (const { Condition } of callerStatements) {
      expect(Condition).toMatchObject({
        StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' },
        ArnLike: { 'aws:PrincipalArn': expect.stringMatching(/^arn:aws-us-gov:iam::\*:role\/log-archiver\//) },
      });
    }
    const sources = bucketPolicy.Statement.find(({ Sid }) => Sid === 'LogsServiceActsForTheSourceAccounts');
    expect(sources?.Condition).toEqual({ StringNotEquals: { 'aws:SourceAccount': ACCOUNTS } });
  });
});

describe('the policy of the key of an ArchiveBucket', () => {
  it('admits CloudWatch Logs and the callers, limited to the bucket', () => {
    const { keyPolicy } = createPolicies({ sourceAccounts: ACCOUNTS });
    const use = { Effect: 'Allow', Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Resource: '*' };
    const StringLike = { 'kms:EncryptionContext:aws:s3:arn': [NAMED, `${NAMED}/*`] };
    expect(keyPolicy.Statement.slice(1)).toEqual([
      {
        ...use,
        Principal: { Service: 'logs.ap-northeast-1.amazonaws.com.cn' },
        Condition: { StringLike },
      },
      {
        ...use,
        Principal: { AWS: ACCOUNTS },
        Condition: {
          StringEquals: { 'kms:ViaService': 's3.ap-northeast-1.amazonaws.com.cn' },
          StringLike,
          ArnLike: { 'aws:PrincipalArn': 'arn:aws-us-gov:iam::*:role/log-archiver/*' },
        },
      },
    ]);
  });
});

const LONGEST_PATH = `/${'p'.repeat(492)}/`;

describe.each([
  ['100 source accounts', 100, undefined, undefined],
  ['100 source accounts and the longest role path', 100, undefined, LONGEST_PATH],
  ['500 source accounts of an organization and the longest role path', 500, `o-${'z'.repeat(32)}`, LONGEST_PATH],
])('with %s', (_, count, organizationId, rolePath) => {
  const sourceAccounts = Array.from({ length: count }, (_, index) => String(100_000_000_000 + index));
  const policies = createPolicies({ sourceAccounts, organizationId, rolePath }, undefined);

  it('keeps the bucket policy within the 20 KB that S3 allows', () => {
    const rendered = JSON.stringify(policies.bucketPolicy);
    expect(rendered.split(`"${sourceAccounts[0]}"`).length - 1).toBe(organizationId === undefined ? 7 : 1);
    expect(rendered.length).toBeLessThanOrEqual(20_480);
  });

  it('keeps the key policy within the 32 KB that KMS allows', () => {
    expect(JSON.stringify(policies.keyPolicy).length).toBeLessThanOrEqual(32_768);
  });
});
