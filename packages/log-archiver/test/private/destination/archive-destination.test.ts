import { Annotations, CfnParameter, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket, BucketEncryption, type CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { getResources, getWarnings, newArchiver, newStack, TOKYO } from '../../archiver-stack';

const ACCOUNT = { Ref: 'AWS::AccountId' };
const LOG_GROUPS_HERE = {
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':logs:',
      { Ref: 'AWS::Region' },
      ':',
      { Ref: 'AWS::AccountId' },
      ':log-group:*',
    ],
  ],
};
const LOGS = { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] } };

function getBucketStatements(stack: Stack): unknown[] {
  const policies = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  return policies.flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: unknown[] }).Statement);
}

function createStatements(bucketArn: unknown, keys: string) {
  return [
    {
      Effect: 'Allow',
      Principal: LOGS,
      Action: 's3:GetBucketAcl',
      Resource: bucketArn,
      Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': LOG_GROUPS_HERE } },
    },
    {
      Effect: 'Allow',
      Principal: LOGS,
      Action: 's3:PutObject',
      Resource: { 'Fn::Join': ['', [bucketArn, keys]] },
      Condition: {
        StringEquals: { 'aws:SourceAccount': ACCOUNT, 's3:x-amz-acl': 'bucket-owner-full-control' },
        ArnLike: { 'aws:SourceArn': LOG_GROUPS_HERE },
      },
    },
  ];
}

describe('the default bucket', () => {
  it('is private and versioned with SSE-S3 and one owner, and is retained', () => {
    const stack = newStack();
    newArchiver(stack);
    const buckets = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
    expect(buckets).toEqual([
      {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
          },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          VersioningConfiguration: { Status: 'Enabled' },
        },
        UpdateReplacePolicy: 'Retain',
        DeletionPolicy: 'Retain',
      },
    ]);
  });

  it('denies plain HTTP and TLS below 1.2, and allows CloudWatch Logs to write for this account only', () => {
    const stack = newStack();
    const bucketArn = stack.resolve(newArchiver(stack).bucket.bucketArn);
    const denial = {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [bucketArn, { 'Fn::Join': ['', [bucketArn, '/*']] }],
    };
    expect(getBucketStatements(stack)).toEqual([
      { ...denial, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { ...denial, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
      ...createStatements(bucketArn, '/20??/*'),
    ]);
  });

  it('allows CloudWatch Logs to write under the key prefix only', () => {
    const stack = newStack();
    const bucketArn = stack.resolve(newArchiver(stack, { keyPrefix: 'team/logs' }).bucket.bucketArn);
    expect(getBucketStatements(stack).slice(2)).toEqual(createStatements(bucketArn, '/team/logs/20??/*'));
  });

  it('causes no warning', () => {
    const stack = newStack();
    newArchiver(stack);
    expect(getWarnings(stack)).toEqual([]);
  });
});

describe('a bucket of the app', () => {
  it('gets the statements, and no second bucket is created', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket');
    expect(newArchiver(stack, { bucket }).bucket).toBe(bucket);
    expect(getBucketStatements(stack)).toEqual(createStatements(stack.resolve(bucket.bucketArn), '/20??/*'));
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
    expect(getWarnings(stack)).toEqual([]);
  });

  it('serves two archivers, each under its own key prefix', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket');
    newArchiver(stack, { bucket, keyPrefix: 'one' }, 'One');
    newArchiver(stack, { bucket, keyPrefix: 'two' }, 'Two');
    const bucketArn = stack.resolve(bucket.bucketArn);
    const [readAcl, writeOne] = createStatements(bucketArn, '/one/20??/*');
    expect(getBucketStatements(stack)).toEqual([readAcl, writeOne, createStatements(bucketArn, '/two/20??/*')[1]]);
  });

  it('can be in another stack of the Region', () => {
    const stack = newStack({ env: TOKYO });
    const buckets = new Stack(stack.node.root, 'Buckets', { env: TOKYO });
    newArchiver(stack, { bucket: new Bucket(buckets, 'Bucket') });
    expect(getBucketStatements(buckets)).toHaveLength(2);
    expect(getBucketStatements(stack)).toEqual([]);
  });

  it('is rejected if it is known to be in another Region', () => {
    const stack = newStack({ env: TOKYO });
    const buckets = new Stack(stack.node.root, 'Buckets', { env: { ...TOKYO, region: 'eu-west-1' } });
    const bucket = new Bucket(buckets, 'Bucket', { bucketName: 'elsewhere' });
    expect(() => newArchiver(stack, { bucket })).toThrow(
      new Error(
        'bucket must be in the Region of the log groups, ap-northeast-1 (CloudWatch Logs exports only to buckets of its ' +
          'own Region), got eu-west-1',
      ),
    );
  });
});

describe('an imported bucket', () => {
  const ID = 'cdk-log-archiver:bucketPolicy';
  const start =
    'the bucket is imported, so its policy cannot be updated automatically; exports fail until it contains these ' +
    'statements. Add to the policy of ';

  function getOnlyWarning(importBucket: (stack: Stack) => IBucket, keyPrefix?: string, stack = newStack()): string {
    newArchiver(stack, { bucket: importBucket(stack), keyPrefix });
    const [[path, text], ...others] = getWarnings(stack);
    expect([path, others]).toEqual(['/Stack/Archiver/Destination', []]);
    return text;
  }

  function parseStatements(warning: string) {
    expect(warning.startsWith(start)).toBe(true);
    expect(warning.endsWith(` [ack: ${ID}]`)).toBe(true);
    return JSON.parse(warning.slice(warning.indexOf(':\n') + 2, -` [ack: ${ID}]`.length));
  }

  it('causes a warning with the two statements to add', () => {
    const warning = getOnlyWarning((stack) => Bucket.fromBucketName(stack, 'Bucket', 'archive'), 'logs');
    const principal = { Service: 'logs.REGION.amazonaws.com' };
    const ArnLike = { 'aws:SourceArn': 'arn:aws:logs:REGION:ACCOUNT_ID:log-group:*' };
    expect(parseStatements(warning)).toEqual([
      {
        Action: 's3:GetBucketAcl',
        Condition: { StringEquals: { 'aws:SourceAccount': 'ACCOUNT_ID' }, ArnLike },
        Effect: 'Allow',
        Principal: principal,
        Resource: 'arn:aws:s3:::archive',
      },
      {
        Action: 's3:PutObject',
        Condition: {
          StringEquals: { 'aws:SourceAccount': 'ACCOUNT_ID', 's3:x-amz-acl': 'bucket-owner-full-control' },
          ArnLike,
        },
        Effect: 'Allow',
        Principal: principal,
        Resource: 'arn:aws:s3:::archive/logs/20??/*',
      },
    ]);
  });

  it('causes a warning with account and Region if the stack has them', () => {
    const [readAcl] = parseStatements(
      getOnlyWarning((stack) => Bucket.fromBucketName(stack, 'Bucket', 'archive'), undefined, newStack({ env: TOKYO })),
    );
    expect(readAcl.Principal).toEqual({ Service: 'logs.ap-northeast-1.amazonaws.com' });
    expect(readAcl.Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': '123456789012' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:logs:ap-northeast-1:123456789012:log-group:*' },
    });
  });

  it('causes a warning with a placeholder for a name that is a parameter', () => {
    const warning = getOnlyWarning((stack) =>
      Bucket.fromBucketName(stack, 'Bucket', new CfnParameter(stack, 'Archive').valueAsString),
    );
    expect(parseStatements(warning)[1].Resource).toBe('arn:aws:s3:::${Archive}/20??/*');
  });

  it('causes a warning with the function that imports a name from another stack', () => {
    const warning = getOnlyWarning((stack) => Bucket.fromBucketName(stack, 'Bucket', Fn.importValue('Archive')));
    expect(parseStatements(warning)[0].Resource).toBe('arn:aws:s3:::{"Fn::ImportValue":"Archive"}');
  });

  it('causes no warning if the warning is acknowledged', () => {
    const stack = newStack();
    const archiver = newArchiver(stack, { bucket: Bucket.fromBucketName(stack, 'Bucket', 'archive') });
    Annotations.of(archiver).acknowledgeWarning(ID);
    expect(getWarnings(stack)).toEqual([]);
  });
});

describe('keyPrefix', () => {
  it.each([
    ['/logs', 'must not start or end with / or contain //'],
    ['logs/', 'must not start or end with / or contain //'],
    ['a//b', 'must not start or end with / or contain //'],
    ['a/../b', 'must not contain a segment . or ..'],
    ['a\nb', 'must not contain control characters'],
    ['logs-*', 'must not contain *, ? or $ (they have another meaning in an IAM policy)'],
    ['${aws:username}', 'must not contain *, ? or $ (they have another meaning in an IAM policy)'],
    ['x'.repeat(500), 'must be at most 443 bytes long'],
    ...['_log-archiver', '_log-archiver/logs', 'logs/_log-archiver', '_log-archiver-2'].map((keyPrefix) => [
      keyPrefix,
      'must not contain a segment that starts with _log-archiver (archivers keep their receipts there)',
    ]),
  ])('rejects %p', (keyPrefix, constraint) => {
    expect(() => newArchiver(newStack(), { keyPrefix })).toThrow(
      `keyPrefix ${constraint}, got ${JSON.stringify(keyPrefix)}`,
    );
  });

  it('accepts a parameter of the stack', () => {
    const stack = newStack();
    const keyPrefix = new CfnParameter(stack, 'KeyPrefix').valueAsString;
    const bucketArn = stack.resolve(newArchiver(stack, { keyPrefix }).bucket.bucketArn);
    const keys = { 'Fn::Join': ['', [bucketArn, '/', { Ref: 'KeyPrefix' }, '/20??/*']] };
    expect(getBucketStatements(stack)[3]).toMatchObject({ Resource: keys });
  });
});

it.each([BucketEncryption.DSSE, BucketEncryption.DSSE_MANAGED])('rejects a bucket with %s', (encryption) => {
  const stack = newStack();
  const bucket = new Bucket(stack, 'Bucket', { encryption });
  expect(() => newArchiver(stack, { bucket })).toThrow(
    new Error('bucket must use SSE-S3 or SSE-KMS; CloudWatch Logs cannot export to DSSE-KMS buckets'),
  );
});

describe('a bucket that is changed after the archiver was created', () => {
  const change = (run: (bucket: CfnBucket) => void) => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket');
    newArchiver(stack, { bucket });
    run(bucket.node.defaultChild as CfnBucket);
    return () => getResources(stack);
  };

  it('is rejected with an encryption that CloudWatch Logs cannot use', () => {
    const configuration = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }];
    const path = 'BucketEncryption.ServerSideEncryptionConfiguration';
    expect(change((bucket) => bucket.addPropertyOverride(path, configuration))).toThrow(
      '[Stack/Archiver/Destination] bucket must use SSE-S3 or a customer-managed KMS key',
    );
  });

  it('is rejected with a lifecycle rule that would delete receipts', () => {
    const rules = [{ Id: 'all', Status: 'Enabled', ExpirationInDays: 365 }];
    expect(change((bucket) => bucket.addPropertyOverride('LifecycleConfiguration.Rules', rules))).toThrow(
      '[Stack/Archiver/Destination] lifecycle rule "all" must not expire objects under _log-archiver/; limit it to the ' +
        'prefix 20',
    );
  });

  it('is the archiver’s own bucket, too', () => {
    const stack = newStack();
    (newArchiver(stack).bucket as Bucket).addLifecycleRule({ expiration: Duration.days(1) });
    expect(() => getResources(stack)).toThrow('must not expire objects under _log-archiver/');
  });
});
