import { PhysicalName, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type BucketProps, type IBucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, type ArchiveBucketProps, ArchiveRetention } from '../../../src';
import { newArchiver, newStack, resourcesOf, TOKYO, warningsOf } from '../../archiver-stack';
import { withLongestValues } from '../../longest-values';
import { listOf, type PolicyDocument, roleOf, type Statement } from '../../policies';

const VAULT = { ...TOKYO, account: '999999999999' };
const NAME = 'log-archive-999999999999-ap-northeast-1';
const HERE = `${TOKYO.account}/${TOKYO.region}`;

/** A stack of the archivers' account, and one of the vault's, in one app. */
function twoAccounts() {
  const stack = newStack({ env: TOKYO });
  return { stack, vaultStack: new Stack(stack.node.root, 'VaultStack', { env: VAULT }) };
}

function withVault(props: ArchiveBucketProps = {}) {
  const { stack, vaultStack } = twoAccounts();
  const vault = new ArchiveBucket(vaultStack, 'Vault', { sourceAccounts: [TOKYO.account, '222222222222'], ...props });
  return { stack, vaultStack, bucket: vault.bucket };
}

function policyOf(stack: Stack, type: string, property = 'PolicyDocument'): Statement[] {
  const resources = resourcesOf(stack);
  const found = Object.values(resources).filter(({ Type }) => Type === type);
  return found.flatMap(
    ({ Properties }) => (withLongestValues(Properties[property], resources) as PolicyDocument).Statement,
  );
}

function statementsOf(stack: Stack, role: string, service: string): Statement[] {
  const statements = roleOf(stack, role).inline.flatMap(({ Statement }) => Statement);
  return statements.filter(({ Action }) => listOf(Action).some((each) => each.startsWith(`${service}:`)));
}

describe('an archive bucket of another account', () => {
  it('is referred to by its name, from a stack that does not wait for its', () => {
    const { stack, bucket } = withVault();
    newArchiver(stack, { bucket });
    const template = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(template).toContain(`:s3:::${NAME}/${HERE}/????/*`);
    expect(template).not.toContain('Fn::ImportValue');
    expect(stack.dependencies).toEqual([]);
  });

  it('gets its objects below the account and Region, to which the roles are limited', () => {
    const { stack, bucket } = withVault();
    newArchiver(stack, { bucket });
    const arn = `arn:aws-us-gov:s3:::${NAME}`;
    const rights = (role: string) =>
      statementsOf(stack, role, 's3').map(({ Action, Resource, Condition }) => [Action, Resource, Condition]);
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
    const { stack, vaultStack, bucket } = withVault();
    newArchiver(stack, { bucket });
    expect(policyOf(vaultStack, 'AWS::S3::BucketPolicy')).toHaveLength(9);
    expect([...warningsOf(stack), ...warningsOf(vaultStack)]).toEqual([]);
  });

  it('is prepared in another app, too', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { bucket: ArchiveBucket.fromAttributes(stack, 'Vault', { account: VAULT.account }) });
    expect(warningsOf(stack)).toEqual([]);
    expect(JSON.stringify(resourcesOf(stack))).toContain(`:s3:::${NAME}/${HERE}/????/*`);
  });

  it('is prepared in another app for a stack that does not know its account', () => {
    const stack = newStack();
    newArchiver(stack, { bucket: ArchiveBucket.fromAttributes(stack, 'Vault', { account: VAULT.account }) });
    expect(warningsOf(stack)).toEqual([]);
    expect(statementsOf(stack, 'ArchiverExportLogToS3Role', 's3')[0].Resource).toBe(
      'arn:aws-us-gov:s3:::log-archive-999999999999-ap-southeast-1/123456789012/ap-southeast-1/????/*',
    );
  });

  it.each(['', 'logs', `${TOKYO.account}0`, `logs/${TOKYO.account}`])(
    'is refused with the key prefix %p',
    (keyPrefix) => {
      const { stack, bucket } = withVault();
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
      const bucket = ArchiveBucket.fromAttributes(stack, 'Vault', { account: VAULT.account });
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
    const { stack, bucket } = withVault();
    newArchiver(stack, { bucket, keyPrefix });
    expect(warningsOf(stack)).toEqual([]);
  });

  it('is refused to an account that is none of its source accounts', () => {
    const { stack, bucket } = withVault({ sourceAccounts: ['111111111111', '222222222222'] });
    expect(() => newArchiver(stack, { bucket })).toThrow(
      new Error(
        'the account of an archiver must be one of the sourceAccounts of its archive bucket, ' +
          '111111111111, 222222222222, got 123456789012',
      ),
    );
  });

  it('is refused to a stack that does not know its account, while the bucket’s does', () => {
    const { vaultStack, bucket } = withVault();
    const stack = new Stack(vaultStack.node.root, 'Anywhere', { env: { region: TOKYO.region } });
    expect(() => newArchiver(stack, { bucket })).toThrow(
      new Error(
        'the stacks of the archiver and of its bucket must both know their account (env), or neither, got an unknown one ' +
          'and 999999999999',
      ),
    );
  });

  it('refuses a key prefix below which its retention would delete receipts', () => {
    const { stack, bucket } = withVault({ retention: ArchiveRetention.years(7) });
    expect(() => newArchiver(stack, { bucket, keyPrefix: `${HERE}/2026-team` })).toThrow(
      new Error(
        `keyPrefix must not start with ${HERE}/20, which the retention of the archive bucket takes for a year: receipts ` +
          `would be deleted, too, got "${HERE}/2026-team"`,
      ),
    );
    const { stack: withoutRetention, bucket: kept } = withVault();
    expect(() => newArchiver(withoutRetention, { bucket: kept, keyPrefix: `${HERE}/2026-team` })).not.toThrow();
  });

  it('warns of a key prefix that its retention does not reach', () => {
    const { stack, bucket } = withVault({ retention: ArchiveRetention.years(7) });
    newArchiver(stack, { bucket, keyPrefix: `${TOKYO.account}/team` });
    newArchiver(stack, { bucket }, 'Reached');
    expect(warningsOf(stack)).toEqual([
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
  newArchiver(stack, { bucket: new ArchiveBucket(stack, 'Vault').bucket });
  expect(statementsOf(stack, 'ArchiverExportLogToS3Role', 's3')[0].Resource).toMatch(
    /^arn:aws-us-gov:s3:::b+\/123456789012\/ap-southeast-1\/\?{4}\/\*$/,
  );
  expect(policyOf(stack, 'AWS::S3::BucketPolicy')).toHaveLength(9);
  expect(warningsOf(stack)).toEqual([]);
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
  const inVault = (props: BucketProps = {}) => {
    const { stack, vaultStack } = twoAccounts();
    return { stack, vaultStack, bucket: new Bucket(vaultStack, 'Bucket', { bucketName: 'vault', ...props }) };
  };

  it('of the app gets the statements for CloudWatch Logs and for the callers', () => {
    const { stack, vaultStack, bucket } = inVault();
    newArchiver(stack, { bucket });
    expect(policyOf(vaultStack, 'AWS::S3::BucketPolicy')).toEqual(
      allowances(`arn:aws-us-gov:s3:::${'b'.repeat(63)}`).map((each) => ({ Effect: 'Allow', ...each })),
    );
    expect([...warningsOf(stack), ...warningsOf(vaultStack)]).toEqual([]);
  });

  it('that is imported gets a warning that prints them', () => {
    const stack = newStack({ env: TOKYO });
    const attributes = { bucketName: 'vault', account: VAULT.account };
    newArchiver(stack, { bucket: Bucket.fromBucketAttributes(stack, 'Bucket', attributes), keyPrefix: 'logs' });
    const [[path, text], ...others] = warningsOf(stack);
    expect([path, others]).toEqual(['/Stack/Archiver/Destination', []]);
    const printed = text
      .slice(text.indexOf(':\n') + 2, text.indexOf(' [ack: cdk-log-archiver:bucketPolicy]'))
      .replaceAll('${AWS::Partition}', 'aws-us-gov')
      .replaceAll('${AWS::URLSuffix}', 'amazonaws.com.cn');
    expect(JSON.parse(printed)).toEqual(
      allowances('arn:aws-us-gov:s3:::vault', 'logs').map((each) => ({ Effect: 'Allow', ...each })),
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
  const usesOf = (stack: Stack) => userRoles.flatMap((role) => statementsOf(stack, role, 'kms'));
  const inContext = (statements: Statement[]) =>
    statements.map(({ Principal = {}, Condition }) => [
      ...Object.keys(Principal),
      Condition?.StringLike?.['kms:EncryptionContext:aws:s3:arn'][0],
    ]);

  it('is any key of its account to a stack of another one, since it has no name there, through that bucket alone', () => {
    const { stack, vaultStack } = twoAccounts();
    const encryptionKey = new Key(vaultStack, 'Key');
    const sourceAccounts = [TOKYO.account];
    newArchiver(stack, { bucket: new ArchiveBucket(vaultStack, 'Vault', { encryptionKey, sourceAccounts }).bucket });
    const anyKey = 'arn:aws-us-gov:kms:ap-northeast-1:999999999999:key/*';
    expect(usesOf(stack)).toEqual(Array(3).fill(use(anyKey, `arn:aws-us-gov:s3:::${NAME}`)));
    expect(statementsOf(stack, 'ArchiverCheckExportTaskRole', 'kms')).toEqual([]);
    expect(policyOf(vaultStack, 'AWS::KMS::Key', 'KeyPolicy')).toHaveLength(3);
  });

  it('is the key itself where it is known', () => {
    const stack = newStack({ env: TOKYO });
    const bucket = ArchiveBucket.fromAttributes(stack, 'Vault', { account: VAULT.account, encryptionKeyArn: KEY_ARN });
    newArchiver(stack, { bucket });
    expect(usesOf(stack)).toEqual(Array(3).fill(use(KEY_ARN, `arn:aws-us-gov:s3:::${NAME}`)));
    expect(warningsOf(stack)).toEqual([]);
  });

  it.each<[string, Partial<BucketProps>, string]>([
    ['by its name', { bucketName: 'vault' }, 'vault'],
    ['as any, where it has none yet', {}, '*'],
    ['as any, where it would be given one', { bucketName: PhysicalName.GENERATE_IF_NEEDED }, '*'],
  ])('of the app lets CloudWatch Logs in, which knows the bucket %s', (_how, props, name) => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { bucket: new Bucket(stack, 'Bucket', { ...props, encryptionKey: new Key(stack, 'Key') }) });
    expect(inContext(policyOf(stack, 'AWS::KMS::Key', 'KeyPolicy').slice(1))).toEqual([
      ['Service', `arn:aws-us-gov:s3:::${name}`],
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });

  it('of the app lets the callers of another account in, too', () => {
    const { stack, vaultStack } = twoAccounts();
    const encryptionKey = new Key(vaultStack, 'Key');
    newArchiver(stack, { bucket: new Bucket(vaultStack, 'Bucket', { bucketName: 'vault', encryptionKey }) });
    const [, logs, callers] = policyOf(vaultStack, 'AWS::KMS::Key', 'KeyPolicy');
    expect(inContext([logs, callers])).toEqual([
      ['Service', 'arn:aws-us-gov:s3:::vault'],
      ['AWS', 'arn:aws-us-gov:s3:::vault'],
    ]);
    expect(callers).toMatchObject({
      Principal: { AWS: `arn:aws-us-gov:iam::${TOKYO.account}:root` },
      Condition: { StringEquals: { 'kms:ViaService': 's3.ap-northeast-1.amazonaws.com.cn' } },
    });
  });

  it('that is imported gets a warning that prints the statements', () => {
    const stack = newStack({ env: TOKYO });
    const encryptionKey = Key.fromKeyArn(stack, 'Key', KEY_ARN);
    const bucket: IBucket = new Bucket(stack, 'Bucket', { bucketName: 'vault', encryptionKey });
    newArchiver(stack, { bucket });
    const [[path, text], ...others] = warningsOf(stack);
    expect([path, others]).toEqual(['/Stack/Archiver/Destination/Key', []]);
    expect(text).toMatch(
      /^the policy of the bucket's key, imported, cannot be changed from here; exports fail until it has these statements:\n/,
    );
    expect(text.match(/"Principal": \{\n *"\w+"/g)).toEqual([expect.stringMatching(/"Service"$/)]);
  });
});
