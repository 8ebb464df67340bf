import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, type ArchiveBucketProps, ArchiveRetention } from '../src';
import { getResources, getWarnings, newApp, newStack, TOKYO } from './archiver-stack';

const accounts = (count: number) => Array.from({ length: count }, (_, index) => String(100_000_000_000 + index));

function findBuckets(stack: Stack) {
  return Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::S3::Bucket');
}

function bucketWith(props: ArchiveBucketProps, stack = newStack({ env: TOKYO })) {
  new ArchiveBucket(stack, 'Archive', props);
  return findBuckets(stack)[0].Properties;
}

describe('ArchiveBucket', () => {
  it('loses its policy when its stack is deleted, and can be imported by its name, as the documentation says', () => {
    const stack = newStack({ env: TOKYO });
    new ArchiveBucket(stack, 'Archive', { sourceAccounts: accounts(1) });
    const resources = Object.values(getResources(stack)) as unknown as Record<string, unknown>[];
    expect(resources.map(({ Type, DeletionPolicy }) => [Type, DeletionPolicy])).toEqual([
      ['AWS::S3::Bucket', 'RetainExceptOnCreate'],
      ['AWS::S3::BucketPolicy', undefined],
    ]);
    expect(resources[0]?.Properties).toMatchObject({ BucketName: 'log-archive-123456789012-ap-northeast-1' });
    const page = readFileSync(join(__dirname, '../../../docs/multi-account.md'), 'utf8');
    expect(page).toContain('deploy with\n`cdk deploy --import-existing-resources`');
  });

  it('creates a private, versioned bucket with SSE-S3 and one owner, and retains it', () => {
    const stack = newStack({ env: TOKYO });
    new ArchiveBucket(stack, 'Archive');
    expect(findBuckets(stack)).toEqual([
      {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketName: 'log-archive-123456789012-ap-northeast-1',
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
        DeletionPolicy: 'RetainExceptOnCreate',
      },
    ]);
    expect(getWarnings(stack)).toEqual([]);
  });

  it('uses pseudo parameters in the name if the stack is environment-agnostic', () => {
    expect(bucketWith({}, newStack()).BucketName).toEqual({
      'Fn::Join': ['', ['log-archive-', { Ref: 'AWS::AccountId' }, '-', { Ref: 'AWS::Region' }]],
    });
  });

  it('accepts another name', () => {
    expect(bucketWith({ bucketName: 'archive' }).BucketName).toBe('archive');
  });

  it('uses a customer-managed key with a bucket key', () => {
    const stack = newStack();
    const encryptionKey = new Key(stack, 'Key');
    expect(bucketWith({ encryptionKey }, stack).BucketEncryption).toEqual({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms',
            KMSMasterKeyID: stack.resolve(encryptionKey.keyArn),
          },
        },
      ],
    });
    expect(getWarnings(stack)).toEqual([]);
  });

  it('prints the statements for an imported key', () => {
    const stack = newStack({ env: TOKYO });
    const keyArn = 'arn:aws:kms:ap-northeast-1:123456789012:key/12345678-1234-1234-1234-123456789012';
    new ArchiveBucket(stack, 'Archive', { encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn) });
    const [[path, text], ...others] = getWarnings(stack);
    expect([path, others]).toEqual(['/Stack/Archive', []]);
    const [start, printed] = text.split(':\n');
    expect(start).toBe(
      'encryptionKey is imported, so its policy cannot be updated automatically; exports fail until the key policy contains ' +
        'these statements. Add to the policy of ' +
        'arn:aws:kms:ap-northeast-1:123456789012:key/12345678-1234-1234-1234-123456789012 in account 123456789012',
    );
    const statements = JSON.parse(printed.replace(' [ack: cdk-log-archiver:keyPolicy]', ''));
    expect(statements.map(({ Principal }: { Principal: object }) => Principal)).toEqual([
      { Service: 'logs.ap-northeast-1.amazonaws.com' },
      { AWS: '123456789012' },
    ]);
    expect(statements[0].Condition.StringLike['kms:EncryptionContext:aws:s3:arn']).toEqual([
      'arn:aws:s3:::log-archive-123456789012-ap-northeast-1',
      'arn:aws:s3:::log-archive-123456789012-ap-northeast-1/*',
    ]);
  });

  it('sets the default Object Lock retention', () => {
    const objectLock = ObjectLockRetention.compliance(Duration.days(365));
    expect(bucketWith({ objectLock })).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
      },
    });
  });

  it('sends access logs to serverAccessLogsBucket', () => {
    const stack = newStack({}, { '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true });
    const serverAccessLogsBucket = new Bucket(stack, 'AccessLogs');
    new ArchiveBucket(stack, 'Archive', { serverAccessLogsBucket });
    expect(findBuckets(stack)[1].Properties.LoggingConfiguration).toEqual({
      DestinationBucketName: stack.resolve(serverAccessLogsBucket.bucketName),
    });
  });

  it('recognizes an ArchiveBucket', () => {
    const archiveBucket = new ArchiveBucket(newStack(), 'Archive');
    const others = [archiveBucket.bucket, {}, null, undefined, 'archive'];
    expect([archiveBucket, ...others].map((each) => ArchiveBucket.isArchiveBucket(each))).toEqual([
      true,
      ...others.map(() => false),
    ]);
  });
});

describe('retention', () => {
  const locked = (days: number) => ({
    retention: ArchiveRetention.years(1),
    objectLock: ObjectLockRetention.governance(Duration.days(days)),
  });

  it('accepts the duration of the Object Lock', () => {
    expect(() => bucketWith(locked(366))).not.toThrow();
  });

  it('rejects a shorter duration than the Object Lock', () => {
    expect(() => bucketWith(locked(367))).toThrow(
      new Error('retention must be at least as long as objectLock, 367 days, got 366 days'),
    );
  });

  it('rejects a longer duration than the Object Lock', () => {
    expect(() => bucketWith(locked(365))).toThrow(
      new Error(
        'objectLock must be at least as long as retention, 366 days (an object that is overwritten after its lock has ' +
          'ended is deleted), got 365 days; pass the duration of the retention',
      ),
    );
  });

  it('has a duration for the Object Lock', () => {
    const retention = ArchiveRetention.years(7);
    const objectLock = ObjectLockRetention.compliance(retention.duration);
    expect(bucketWith({ retention, objectLock })).toMatchObject({
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 2_557 } } },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 2_557 }, {}] },
    });
  });

  it('is not joined by a rule that would delete receipts', () => {
    const stack = newStack({ env: TOKYO });
    const { bucket } = new ArchiveBucket(stack, 'Archive', locked(366));
    bucket.addLifecycleRule({ id: 'all', expiration: Duration.days(400) });
    expect(() => getResources(stack)).toThrow(
      '[Stack/Archive] lifecycle rule "all" must not expire objects under 123456789012/ap-northeast-1/_log-archiver/; ' +
        'limit it to the prefix 123456789012/ap-northeast-1/20',
    );
  });

  it('warns only without an Object Lock', () => {
    const stack = newStack({ env: TOKYO });
    new ArchiveBucket(stack, 'Archive', { retention: ArchiveRetention.years(1) });
    expect(getWarnings(stack)).toEqual([
      [
        '/Stack/Archive',
        'without objectLock, a source account can overwrite archived objects (exports require s3:PutObject), and the ' +
          'previous version is deleted after 90 days. Set objectLock for as long as you must keep objects ' +
          '[ack: cdk-log-archiver:objectLock]',
      ],
    ]);
    const other = newStack({ env: TOKYO });
    new ArchiveBucket(other, 'Archive', locked(366));
    expect(getWarnings(other)).toEqual([]);
  });
});

describe('sourceAccounts and organizationId', () => {
  it.each<[ArchiveBucketProps, string]>([
    [{ sourceAccounts: [] }, 'sourceAccounts must contain at least one account, got none'],
    [{ sourceAccounts: ['12345678901'] }, 'each of sourceAccounts must be 12 digits, got "12345678901"'],
    [{ sourceAccounts: ['1234567890123'] }, 'each of sourceAccounts must be 12 digits, got "1234567890123"'],
    [{ sourceAccounts: ['12345678901*'] }, 'each of sourceAccounts must be 12 digits, got "12345678901*"'],
    [
      { sourceAccounts: ['111111111111', '222222222222', '111111111111'] },
      'sourceAccounts must not contain duplicates, got 111111111111 twice',
    ],
    [
      { sourceAccounts: accounts(101) },
      'sourceAccounts must contain at most 100 accounts (a bucket policy has no room for more), got 101; set ' +
        'organizationId, or use several buckets',
    ],
    [
      { sourceAccounts: accounts(501), organizationId: 'o-abcdefghij' },
      'sourceAccounts must contain at most 500 accounts (a bucket policy has no room for more), got 501; use several ' +
        'buckets',
    ],
    ...['abcdefghij', 'o-short', 'o-ABCDEFGHIJ', 'o-abcdefghi*', ''].map(
      (organizationId): [ArchiveBucketProps, string] => [
        { organizationId },
        `organizationId must be o- and 10 to 32 lower-case letters and digits, got "${organizationId}"`,
      ],
    ),
  ])('reject %j', (props, message) => {
    expect(() => new ArchiveBucket(newStack(), 'Archive', props)).toThrow(new Error(message));
  });

  it('reject a list that is a token', () => {
    const stack = newStack();
    const sourceAccounts = new CfnParameter(stack, 'Accounts', { type: 'CommaDelimitedList' }).valueAsList;
    expect(() => new ArchiveBucket(stack, 'Archive', { sourceAccounts })).toThrow(
      new Error('sourceAccounts must be known at synthesis (lifecycle rules name each account), got a token'),
    );
  });

  it('accept parameters of the stack', () => {
    const stack = newStack();
    const parameter = (id: string) => new CfnParameter(stack, id).valueAsString;
    const props = { sourceAccounts: [parameter('Account')], organizationId: parameter('Organization') };
    expect(() => new ArchiveBucket(stack, 'Archive', props)).not.toThrow();
  });
});

describe('ArchiveBucket.fromAttributes', () => {
  const stack = new Stack(newApp(), 'Stack', { env: TOKYO });

  it('uses the default name, with the given account and the Region of the stack', () => {
    const bucket = ArchiveBucket.fromAttributes(stack, 'Archive', { account: '999999999999' });
    expect(bucket.bucketName).toBe('log-archive-999999999999-ap-northeast-1');
    expect(bucket.env).toEqual({ account: '999999999999', region: 'ap-northeast-1' });
    expect(bucket.encryptionKey).toBeUndefined();
  });

  it('accepts another name and a key', () => {
    const encryptionKeyArn = 'arn:aws:kms:ap-northeast-1:999999999999:key/12345678-1234-1234-1234-123456789012';
    const attributes = { account: '999999999999', bucketName: 'archive', encryptionKeyArn };
    const bucket = ArchiveBucket.fromAttributes(stack, 'Named', attributes);
    expect([bucket.bucketName, bucket.encryptionKey?.keyArn]).toEqual(['archive', encryptionKeyArn]);
  });

  it('rejects an invalid account', () => {
    expect(() => ArchiveBucket.fromAttributes(stack, 'Wrong', { account: 'archive' })).toThrow(
      new Error('account must be 12 digits, got "archive"'),
    );
  });
});
