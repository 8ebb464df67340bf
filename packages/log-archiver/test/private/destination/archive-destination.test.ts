import { Annotations, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { newArchiver, newStack, getResources, TOKYO, getWarnings } from '../../archiver-stack';

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

function bucketStatements(stack: Stack): unknown[] {
  const policies = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  return policies.flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: unknown[] }).Statement);
}

function allowances(bucketArn: unknown, keys: string) {
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
  it('has no public access, SSE-S3, one owner and versions, and outlives its stack', () => {
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

  it('refuses plain HTTP and TLS below 1.2, and lets CloudWatch Logs write on behalf of this account alone', () => {
    const stack = newStack();
    const bucketArn = stack.resolve(newArchiver(stack).bucket.bucketArn);
    const refusal = {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [bucketArn, { 'Fn::Join': ['', [bucketArn, '/*']] }],
    };
    expect(bucketStatements(stack)).toEqual([
      { ...refusal, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { ...refusal, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
      ...allowances(bucketArn, '/????/*'),
    ]);
  });

  it('lets CloudWatch Logs write below the key prefix only', () => {
    const stack = newStack();
    const bucketArn = stack.resolve(newArchiver(stack, { keyPrefix: 'team/logs' }).bucket.bucketArn);
    expect(bucketStatements(stack).slice(2)).toEqual(allowances(bucketArn, '/team/logs/????/*'));
  });

  it('needs no warning', () => {
    const stack = newStack();
    newArchiver(stack);
    expect(getWarnings(stack)).toEqual([]);
  });
});

describe('a bucket of the app', () => {
  it('gets the statements and nothing else, and no second bucket is made', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket');
    expect(newArchiver(stack, { bucket }).bucket).toBe(bucket);
    expect(bucketStatements(stack)).toEqual(allowances(stack.resolve(bucket.bucketArn), '/????/*'));
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
    expect(getWarnings(stack)).toEqual([]);
  });

  it('serves two archivers, each below its own key prefix', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket');
    newArchiver(stack, { bucket, keyPrefix: 'one' }, 'One');
    newArchiver(stack, { bucket, keyPrefix: 'two' }, 'Two');
    const bucketArn = stack.resolve(bucket.bucketArn);
    const [readAcl, writeOne] = allowances(bucketArn, '/one/????/*');
    expect(bucketStatements(stack)).toEqual([readAcl, writeOne, allowances(bucketArn, '/two/????/*')[1]]);
  });

  it('may be in another stack of the Region', () => {
    const stack = newStack({ env: TOKYO });
    const buckets = new Stack(stack.node.root, 'Buckets', { env: TOKYO });
    newArchiver(stack, { bucket: new Bucket(buckets, 'Bucket') });
    expect(bucketStatements(buckets)).toHaveLength(2);
    expect(bucketStatements(stack)).toEqual([]);
  });

  it('is refused when it is known to be in another Region', () => {
    const stack = newStack({ env: TOKYO });
    const buckets = new Stack(stack.node.root, 'Buckets', { env: { ...TOKYO, region: 'eu-west-1' } });
    const bucket = new Bucket(buckets, 'Bucket', { bucketName: 'elsewhere' });
    expect(() => newArchiver(stack, { bucket })).toThrow(
      new Error(
        'bucket must be in the Region of the log groups, ap-northeast-1, since CloudWatch Logs exports to no other, ' +
          'got eu-west-1',
      ),
    );
  });
});

describe('an imported bucket', () => {
  const ID = 'cdk-log-archiver:bucketPolicy';
  const start =
    'the policy of an imported bucket cannot be changed from here; exports fail until it has these statements:\n';

  function warningFor(importBucket: (stack: Stack) => IBucket, keyPrefix?: string, stack = newStack()): string {
    newArchiver(stack, { bucket: importBucket(stack), keyPrefix });
    const [[path, text], ...others] = getWarnings(stack);
    expect([path, others]).toEqual(['/Stack/Archiver/Destination', []]);
    return text;
  }

  function printed(warning: string) {
    expect(warning.startsWith(start)).toBe(true);
    expect(warning.endsWith(` [ack: ${ID}]`)).toBe(true);
    return JSON.parse(warning.slice(start.length, -` [ack: ${ID}]`.length));
  }

  it('gets a warning that prints the two statements for its owner to add', () => {
    const warning = warningFor((stack) => Bucket.fromBucketName(stack, 'Bucket', 'archive'), 'logs');
    const principal = { Service: 'logs.${AWS::Region}.${AWS::URLSuffix}' };
    const ArnLike = { 'aws:SourceArn': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*' };
    expect(printed(warning)).toEqual([
      {
        Action: 's3:GetBucketAcl',
        Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' }, ArnLike },
        Effect: 'Allow',
        Principal: principal,
        Resource: 'arn:${AWS::Partition}:s3:::archive',
      },
      {
        Action: 's3:PutObject',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}', 's3:x-amz-acl': 'bucket-owner-full-control' },
          ArnLike,
        },
        Effect: 'Allow',
        Principal: principal,
        Resource: 'arn:${AWS::Partition}:s3:::archive/logs/????/*',
      },
    ]);
  });

  it('gets a warning in which account and Region are written out where the stack knows them', () => {
    const [readAcl] = printed(
      warningFor((stack) => Bucket.fromBucketName(stack, 'Bucket', 'archive'), undefined, newStack({ env: TOKYO })),
    );
    expect(readAcl.Principal).toEqual({ Service: 'logs.ap-northeast-1.${AWS::URLSuffix}' });
    expect(readAcl.Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': '123456789012' },
      ArnLike: { 'aws:SourceArn': 'arn:${AWS::Partition}:logs:ap-northeast-1:123456789012:log-group:*' },
    });
  });

  it('gets a warning in which a name that is a parameter is left to be filled in', () => {
    const warning = warningFor((stack) =>
      Bucket.fromBucketName(stack, 'Bucket', new CfnParameter(stack, 'Archive').valueAsString),
    );
    expect(printed(warning)[1].Resource).toBe('arn:${AWS::Partition}:s3:::${Archive}/????/*');
  });

  it('gets a warning in which a name that another stack exports is written as the function that imports it', () => {
    const warning = warningFor((stack) => Bucket.fromBucketName(stack, 'Bucket', Fn.importValue('Archive')));
    expect(printed(warning)[0].Resource).toBe('arn:${AWS::Partition}:s3:::{"Fn::ImportValue":"Archive"}');
  });

  it('keeps quiet when the warning is acknowledged', () => {
    const stack = newStack();
    const archiver = newArchiver(stack, { bucket: Bucket.fromBucketName(stack, 'Bucket', 'archive') });
    Annotations.of(archiver).acknowledgeWarning(ID);
    expect(getWarnings(stack)).toEqual([]);
  });
});

describe('the key prefix', () => {
  it.each([
    ['/logs', 'without a / at its start or end and without //'],
    ['logs/', 'without a / at its start or end and without //'],
    ['a//b', 'without a / at its start or end and without //'],
    ['a/../b', 'without a segment that is . or ..'],
    ['a\nb', 'without control characters'],
    ['logs-*', 'without *, ? and $, which mean something else in an IAM policy'],
    ['${aws:username}', 'without *, ? and $, which mean something else in an IAM policy'],
    ['x'.repeat(500), 'at most 443 bytes long'],
  ])('%p is refused', (keyPrefix, allowed) => {
    expect(() => newArchiver(newStack(), { keyPrefix })).toThrow(
      `keyPrefix must be ${allowed}, got ${JSON.stringify(keyPrefix)}`,
    );
  });

  it('may be a parameter of the stack', () => {
    const stack = newStack();
    const keyPrefix = new CfnParameter(stack, 'KeyPrefix').valueAsString;
    const bucketArn = stack.resolve(newArchiver(stack, { keyPrefix }).bucket.bucketArn);
    const keys = { 'Fn::Join': ['', [bucketArn, '/', { Ref: 'KeyPrefix' }, '/????/*']] };
    expect(bucketStatements(stack)[3]).toMatchObject({ Resource: keys });
  });
});

it.each([BucketEncryption.DSSE, BucketEncryption.DSSE_MANAGED])('a bucket with %s is refused', (encryption) => {
  const stack = newStack();
  const bucket = new Bucket(stack, 'Bucket', { encryption });
  expect(() => newArchiver(stack, { bucket })).toThrow(
    new Error('bucket must be encrypted by SSE-S3 or SSE-KMS, to which alone CloudWatch Logs exports, got DSSE-KMS'),
  );
});
