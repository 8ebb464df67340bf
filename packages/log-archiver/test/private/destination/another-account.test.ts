import { PhysicalName, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type BucketProps, type IBucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, type ArchiveBucketProps, ArchiveRetention } from '../../../src';
import { newArchiver, newStack, getResources, TOKYO, getWarnings } from '../../archiver-stack';
import { withLongestValues } from '../../longest-values';
import { toList, type PolicyDocument, findRole, type Statement } from '../../policies';

const VAULT = { ...TOKYO, account: '999999999999' };
const NAME = 'log-archive-999999999999-ap-northeast-1';
const HERE = `${TOKYO.account}/${TOKYO.region}`;

/** A stack of the archivers' account, and one of the vault's, in one app. */
function twoAccounts() {
  const stack = newStack({ env: TOKYO });
  return { stack, ownerStack: new Stack(stack.node.root, 'OwnerStack', { env: VAULT }) };
}

function withArchiveBucket(props: ArchiveBucketProps = {}) {
  const { stack, ownerStack } = twoAccounts();
  const vault = new ArchiveBucket(ownerStack, 'Archive', { sourceAccounts: [TOKYO.account, '222222222222'], ...props });
  return { stack, ownerStack, bucket: vault.bucket };
}

function findStatements(stack: Stack, type: string, property = 'PolicyDocument'): Statement[] {
  const resources = getResources(stack);
  const found = Object.values(resources).filter(({ Type }) => Type === type);
  return found.flatMap(
    ({ Properties }) => (withLongestValues(Properties[property], resources) as PolicyDocument).Statement,
  );
}

function getStatements(stack: Stack, role: string, service: string): Statement[] {
  const statements = findRole(stack, role).inline.flatMap(({ Statement }) => Statement);
  return statements.filter(({ Action }) => toList(Action).some((each) => each.startsWith(`${service}:`)));
}

describe('an archive bucket of another account', () => {
  it('is referred to by its name, from a stack that does not wait for its', () => {
    const { stack, bucket } = withArchiveBucket();
    newArchiver(stack, { bucket });
    const template = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(template).toContain(`:s3:::${NAME}/${HERE}/????/*`);
    expect(template).not.toContain('Fn::ImportValue');
    expect(stack.dependencies).toEqual([]);
  });

  it('gets its objects below the account and Region, to which the roles are limited', () => {
    const { stack, bucket } = withArchiveBucket();
    newArchiver(stack, { bucket });
    const arn = `arn:aws-us-gov:s3:::${NAME}`;
    const rights = (role: string) =>
      getStatements(stack, role, 's3').map(({ Action, Resource, Condition }) => [Action, Resource, Condition]);
    // The name of an archive bucket can be guessed: somebody else may have taken it first.
    const itsAccount = { StringEquals: { 's3:ResourceAccount': VAULT.account } };
    const list = (prefix: string) => ['s3:ListBucket', arn, { StringLike: { 's3:prefix': prefix }, ...itsAccount }];
    const readAndWrite = (...folders: string[]) => [
      ['s3:GetObject', 's3:PutObject'],
      folders.map((folder) => `${arn}/${HERE}/_log-archiver/${folder}/*`),
      itsAccount,
    ];
    expect(rights('ArchiverExportLogToS3Role')).toEqual([
      ['s3:PutObject', `${arn}/${HERE}/????/*`, { StringEqualsIfExists: itsAccount.StringEquals }],
    ]);
    expect(rights('ArchiverPlanArchiveRole')).toEqual([
      list(`${HERE}/_log-archiver/*`),
      readAndWrite('runs', 'periods'),
    ]);
    expect(rights('ArchiverRecordArchiveRole')).toEqual([list(`${HERE}/*`), readAndWrite('receipts', 'parts')]);
  });

  it('needs no statement of the archiver’s, and no warning', () => {
    const { stack, ownerStack, bucket } = withArchiveBucket();
    newArchiver(stack, { bucket });
    expect(findStatements(ownerStack, 'AWS::S3::BucketPolicy')).toHaveLength(9);
    expect([...getWarnings(stack), ...getWarnings(ownerStack)]).toEqual([]);
  });

  it('is prepared in another app, too', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { bucket: ArchiveBucket.fromAttributes(stack, 'Archive', { account: VAULT.account }) });
    expect(getWarnings(stack)).toEqual([]);
    expect(JSON.stringify(getResources(stack))).toContain(`:s3:::${NAME}/${HERE}/????/*`);
  });

  it('is prepared in another app for a stack that does not know its account', () => {
    const stack = newStack();
    newArchiver(stack, { bucket: ArchiveBucket.fromAttributes(stack, 'Archive', { account: VAULT.account }) });
    expect(getWarnings(stack)).toEqual([]);
    expect(getStatements(stack, 'ArchiverExportLogToS3Role', 's3')[0].Resource).toBe(
      'arn:aws-us-gov:s3:::log-archive-999999999999-ap-southeast-1/123456789012/ap-southeast-1/????/*',
    );
  });

  it.each(['', 'logs', `${TOKYO.account}0`, `logs/${TOKYO.account}`])(
    'is refused with the key prefix %p',
    (keyPrefix) => {
      const { stack, bucket } = withArchiveBucket();
      expect(() => newArchiver(stack, { bucket, keyPrefix })).toThrow(
        new Error(
          `keyPrefix must be ${TOKYO.account} or start with ${TOKYO.account}/, below which alone an archive bucket lets ` +
            `this account write, got ${JSON.stringify(keyPrefix)}`,
        ),
      );
    },
  );

  it.each(['', 'team/x', '1234567890123'])(
    'is refused with the key prefix %p by a stack that knows no account',
    (keyPrefix) => {
      const stack = newStack();
      const bucket = ArchiveBucket.fromAttributes(stack, 'Archive', { account: VAULT.account });
      expect(() => newArchiver(stack, { bucket, keyPrefix })).toThrow(
        new Error(
          'keyPrefix must be the 12 digits of the account or start with them and /, below which alone an archive bucket lets ' +
            `an account write, got ${JSON.stringify(keyPrefix)}`,
        ),
      );
      expect(() => newArchiver(stack, { bucket, keyPrefix: `${TOKYO.account}/x` }, 'Right')).not.toThrow();
    },
  );

  it.each([TOKYO.account, `${TOKYO.account}/team`])('takes the key prefix %p', (keyPrefix) => {
    const { stack, bucket } = withArchiveBucket();
    newArchiver(stack, { bucket, keyPrefix });
    expect(getWarnings(stack)).toEqual([]);
  });

  it('is refused to an account that is none of its source accounts', () => {
    const { stack, bucket } = withArchiveBucket({ sourceAccounts: ['111111111111', '222222222222'] });
    expect(() => newArchiver(stack, { bucket })).toThrow(
      new Error(
        'the account of an archiver must be one of the sourceAccounts of its archive bucket, ' +
          '111111111111, 222222222222, got 123456789012',
      ),
    );
  });

  it('is refused to a stack that does not know its account, while the bucket’s does', () => {
    const { ownerStack, bucket } = withArchiveBucket();
    const stack = new Stack(ownerStack.node.root, 'Anywhere', { env: { region: TOKYO.region } });
    expect(() => newArchiver(stack, { bucket })).toThrow(
      new Error(
        'the stacks of the archiver and of its bucket must both know their account (env), or neither, got an unknown one ' +
          'and 999999999999',
      ),
    );
  });

  it('refuses a key prefix below which its retention would delete receipts', () => {
    const { stack, bucket } = withArchiveBucket({ retention: ArchiveRetention.years(7) });
    expect(() => newArchiver(stack, { bucket, keyPrefix: `${HERE}/2026-team` })).toThrow(
      new Error(
        `keyPrefix must not start with ${HERE}/20, which the retention of the archive bucket takes for a year: receipts ` +
          `would be deleted, too, got "${HERE}/2026-team"`,
      ),
    );
    const { stack: withoutRetention, bucket: kept } = withArchiveBucket();
    expect(() => newArchiver(withoutRetention, { bucket: kept, keyPrefix: `${HERE}/2026-team` })).not.toThrow();
  });

  it('warns of a key prefix that its retention does not reach', () => {
    const { stack, bucket } = withArchiveBucket({ retention: ArchiveRetention.years(7) });
    newArchiver(stack, { bucket, keyPrefix: `${TOKYO.account}/team` });
    newArchiver(stack, { bucket }, 'Reached');
    expect(getWarnings(stack)).toEqual([
      [
        '/Stack/Archiver/Destination',
        `the retention of the archive bucket reaches the key prefix '${HERE}' alone: what is archived below ` +
          `'${TOKYO.account}/team' is kept for ever [ack: cdk-log-archiver:keyPrefix]`,
      ],
    ]);
  });
});

it('an archive bucket of the same account has the account and Region in its keys, too', () => {
  const stack = newStack();
  newArchiver(stack, { bucket: new ArchiveBucket(stack, 'Archive').bucket });
  expect(getStatements(stack, 'ArchiverExportLogToS3Role', 's3')[0].Resource).toMatch(
    /^arn:aws-us-gov:s3:::b+\/123456789012\/ap-southeast-1\/\?{4}\/\*$/,
  );
  expect(findStatements(stack, 'AWS::S3::BucketPolicy')).toHaveLength(9);
  expect(getWarnings(stack)).toEqual([]);
});

describe('any other bucket of another account', () => {
  const PRINCIPAL = { AWS: `arn:aws-us-gov:iam::${TOKYO.account}:root` };
  const LOGS = { Service: 'logs.ap-northeast-1.amazonaws.com.cn' };
  const SENT = { 'aws:SourceAccount': TOKYO.account };
  const ArnLike = { 'aws:SourceArn': `arn:aws-us-gov:logs:ap-northeast-1:${TOKYO.account}:log-group:*` };
  const allowances = (arn: string, keyPrefix = HERE) => [
    { Principal: LOGS, Action: 's3:GetBucketAcl', Resource: arn, Condition: { StringEquals: SENT, ArnLike } },
    {
      Principal: LOGS,
      Action: 's3:PutObject',
      Resource: `${arn}/${keyPrefix}/????/*`,
      Condition: { StringEquals: { ...SENT, 's3:x-amz-acl': 'bucket-owner-full-control' }, ArnLike },
    },
    { Principal: PRINCIPAL, Action: 's3:PutObject', Resource: `${arn}/${keyPrefix}/*` },
    { Principal: PRINCIPAL, Action: 's3:GetObject', Resource: `${arn}/${keyPrefix}/_log-archiver/*` },
    {
      Principal: PRINCIPAL,
      Action: 's3:ListBucket',
      Resource: arn,
      Condition: { StringLike: { 's3:prefix': `${keyPrefix}/*` } },
    },
  ];
  const withPlainBucket = (props: BucketProps = {}) => {
    const { stack, ownerStack } = twoAccounts();
    return { stack, ownerStack, bucket: new Bucket(ownerStack, 'Bucket', { bucketName: 'archive', ...props }) };
  };

  it('of the app gets the statements for CloudWatch Logs and for the callers', () => {
    const { stack, ownerStack, bucket } = withPlainBucket();
    newArchiver(stack, { bucket });
    expect(findStatements(ownerStack, 'AWS::S3::BucketPolicy')).toEqual(
      allowances(`arn:aws-us-gov:s3:::${'b'.repeat(63)}`).map((each) => ({ Effect: 'Allow', ...each })),
    );
    expect([...getWarnings(stack), ...getWarnings(ownerStack)]).toEqual([]);
  });

  it('that is imported gets a warning that prints them', () => {
    const stack = newStack({ env: TOKYO });
    const attributes = { bucketName: 'archive', account: VAULT.account };
    newArchiver(stack, { bucket: Bucket.fromBucketAttributes(stack, 'Bucket', attributes), keyPrefix: 'logs' });
    const [[path, text], ...others] = getWarnings(stack);
    expect([path, others]).toEqual(['/Stack/Archiver/Destination', []]);
    const printed = text
      .slice(text.indexOf(':\n') + 2, text.indexOf(' [ack: cdk-log-archiver:bucketPolicy]'))
      .replaceAll('${AWS::Partition}', 'aws-us-gov')
      .replaceAll('${AWS::URLSuffix}', 'amazonaws.com.cn');
    expect(JSON.parse(printed)).toEqual(
      allowances('arn:aws-us-gov:s3:::archive', 'logs').map((each) => ({ Effect: 'Allow', ...each })),
    );
  });
});

describe('the customer-managed key of a bucket', () => {
  const KEY_ARN = 'arn:aws:kms:ap-northeast-1:999999999999:key/12345678-1234-1234-1234-123456789012';
  const use = (Resource: string, arn: string) => ({
    Effect: 'Allow',
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource,
    Condition: {
      StringEquals: { 'kms:ViaService': 's3.ap-northeast-1.amazonaws.com.cn' },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': [arn, `${arn}/*`] },
    },
  });
  const userRoles = ['PlanArchive', 'ExportLogToS3', 'RecordArchive'].map((name) => `Archiver${name}Role`);
  const findKeyStatements = (stack: Stack) => userRoles.flatMap((role) => getStatements(stack, role, 'kms'));
  const inContext = (statements: Statement[]) =>
    statements.map(({ Principal = {}, Condition }) => [
      ...Object.keys(Principal),
      Condition?.StringLike?.['kms:EncryptionContext:aws:s3:arn'][0],
    ]);

  it('is any key of its account to a stack of another one, since it has no name there, through that bucket alone', () => {
    const { stack, ownerStack } = twoAccounts();
    const encryptionKey = new Key(ownerStack, 'Key');
    const sourceAccounts = [TOKYO.account];
    newArchiver(stack, { bucket: new ArchiveBucket(ownerStack, 'Archive', { encryptionKey, sourceAccounts }).bucket });
    const anyKey = 'arn:aws-us-gov:kms:ap-northeast-1:999999999999:key/*';
    expect(findKeyStatements(stack)).toEqual(Array(3).fill(use(anyKey, `arn:aws-us-gov:s3:::${NAME}`)));
    expect(getStatements(stack, 'ArchiverCheckExportTaskRole', 'kms')).toEqual([]);
    expect(findStatements(ownerStack, 'AWS::KMS::Key', 'KeyPolicy')).toHaveLength(3);
  });

  it('is the key itself where it is known', () => {
    const stack = newStack({ env: TOKYO });
    const bucket = ArchiveBucket.fromAttributes(stack, 'Archive', { account: VAULT.account, encryptionKeyArn: KEY_ARN });
    newArchiver(stack, { bucket });
    expect(findKeyStatements(stack)).toEqual(Array(3).fill(use(KEY_ARN, `arn:aws-us-gov:s3:::${NAME}`)));
    expect(getWarnings(stack)).toEqual([]);
  });

  it.each<[string, Partial<BucketProps>, string]>([
    ['by its name', { bucketName: 'archive' }, 'archive'],
    ['as any, where it has none yet', {}, '*'],
    ['as any, where it would be given one', { bucketName: PhysicalName.GENERATE_IF_NEEDED }, '*'],
  ])('of the app lets CloudWatch Logs in, which knows the bucket %s', (_how, props, name) => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { bucket: new Bucket(stack, 'Bucket', { ...props, encryptionKey: new Key(stack, 'Key') }) });
    expect(inContext(findStatements(stack, 'AWS::KMS::Key', 'KeyPolicy').slice(1))).toEqual([
      ['Service', `arn:aws-us-gov:s3:::${name}`],
    ]);
    expect(getWarnings(stack)).toEqual([]);
  });

  it('of the app lets the callers of another account in, too', () => {
    const { stack, ownerStack } = twoAccounts();
    const encryptionKey = new Key(ownerStack, 'Key');
    newArchiver(stack, { bucket: new Bucket(ownerStack, 'Bucket', { bucketName: 'archive', encryptionKey }) });
    const [, logs, callers] = findStatements(ownerStack, 'AWS::KMS::Key', 'KeyPolicy');
    expect(inContext([logs, callers])).toEqual([
      ['Service', 'arn:aws-us-gov:s3:::archive'],
      ['AWS', 'arn:aws-us-gov:s3:::archive'],
    ]);
    expect(callers).toMatchObject({
      Principal: { AWS: `arn:aws-us-gov:iam::${TOKYO.account}:root` },
      Condition: { StringEquals: { 'kms:ViaService': 's3.ap-northeast-1.amazonaws.com.cn' } },
    });
  });

  it('that is imported gets a warning that prints the statements', () => {
    const stack = newStack({ env: TOKYO });
    const encryptionKey = Key.fromKeyArn(stack, 'Key', KEY_ARN);
    const bucket: IBucket = new Bucket(stack, 'Bucket', { bucketName: 'archive', encryptionKey });
    newArchiver(stack, { bucket });
    const [[path, text], ...others] = getWarnings(stack);
    expect([path, others]).toEqual(['/Stack/Archiver/Destination/Key', []]);
    expect(text).toMatch(
      /^the policy of the bucket's key, imported, cannot be changed from here; exports fail until it has these statements:\n/,
    );
    expect(text.match(/"Principal": \{\n *"\w+"/g)).toEqual([expect.stringMatching(/"Service"$/)]);
  });
});
