import { Key } from 'aws-cdk-lib/aws-kms';
import { ArchiveBucket, type ArchiveBucketProps } from '../../../src';
import { getResources, newStack, TOKYO } from '../../archiver-stack';
import { withLongestValues } from '../../longest-values';
import type { PolicyDocument } from '../../policies';

const BUCKET = `arn:aws-us-gov:s3:::${'b'.repeat(63)}`;
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
  const callers = { Effect: 'Allow', Principal: { AWS: '*' } };
  const everyone = { Effect: 'Deny', Principal: { AWS: '*' } };
  const logs = { Effect: 'Allow', Principal: { Service: 'logs.ap-northeast-1.amazonaws.com.cn' } };
  const StringLike = { 'aws:SourceArn': 'arn:aws-us-gov:logs:ap-northeast-1:${aws:SourceAccount}:log-group:*' };
  const fromAccounts = { StringEquals: { 'aws:PrincipalAccount': ACCOUNTS } };

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
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNTS }, StringLike },
      },
      {
        ...logs,
        Sid: 'LogsServiceWritesBelowTheSourceAccount',
        Action: 's3:PutObject',
        Resource: `${BUCKET}/\${aws:SourceAccount}/*`,
        Condition: {
          StringEquals: { 'aws:SourceAccount': ACCOUNTS, 's3:x-amz-acl': 'bucket-owner-full-control' },
          StringLike,
        },
      },
      {
        ...callers,
        Sid: 'CallersWriteBelowTheirAccount',
        Action: 's3:PutObject',
        Resource: `${BUCKET}/\${aws:PrincipalAccount}/*`,
        Condition: fromAccounts,
      },
      {
        ...callers,
        Sid: 'CallersReadTheirReceipts',
        Action: 's3:GetObject',
        Resource: [
          `${BUCKET}/\${aws:PrincipalAccount}/_log-archiver/*`,
          `${BUCKET}/\${aws:PrincipalAccount}/*/_log-archiver/*`,
        ],
        Condition: fromAccounts,
      },
      {
        ...callers,
        Sid: 'CallersListBelowTheirAccount',
        Action: 's3:ListBucket',
        Resource: BUCKET,
        Condition: { ...fromAccounts, StringLike: { 's3:prefix': '${aws:PrincipalAccount}/*' } },
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
    expect(callerStatements).toHaveLength(4);
    for (const { Condition } of callerStatements) {
      expect(Condition?.StringEquals).toMatchObject({ 'aws:PrincipalOrgID': 'o-abcdefghij' });
      expect(Condition?.StringEquals).not.toHaveProperty('aws:PrincipalAccount');
    }
    const fromLogs = bucketPolicy.Statement.filter(({ Sid }) => /^LogsService/.test(Sid ?? ''));
    expect(fromLogs.map(({ Condition }) => Condition?.StringEquals['aws:SourceAccount'])).toEqual([ACCOUNTS, ACCOUNTS]);
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
        Principal: { AWS: '*' },
        Condition: {
          StringEquals: {
            'aws:PrincipalAccount': ACCOUNTS,
            'kms:ViaService': 's3.ap-northeast-1.amazonaws.com.cn',
          },
          StringLike,
        },
      },
    ]);
  });
});

describe.each([
  [50, undefined],
  [200, undefined],
  [500, `o-${'z'.repeat(32)}`],
])('with %i source accounts and the organization %p', (count, organizationId) => {
  const sourceAccounts = Array.from({ length: count }, (_, index) => String(100_000_000_000 + index));
  const policies = createPolicies({ sourceAccounts, organizationId }, undefined);

  it('keeps the bucket policy within the 20 KB that S3 allows', () => {
    expect(policies.bucketPolicy.Statement[2].Condition?.StringEquals['aws:SourceAccount']).toHaveLength(count);
    expect(JSON.stringify(policies.bucketPolicy).length).toBeLessThanOrEqual(20_480);
  });

  it('keeps the key policy within the 32 KB that KMS allows', () => {
    expect(JSON.stringify(policies.keyPolicy).length).toBeLessThanOrEqual(32_768);
  });
});
