import { PhysicalName, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type BucketProps, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, type ArchiveBucketProps, ArchiveRetention } from '../../../src';
import { getResources, getWarnings, newArchiver, newStack, TOKYO } from '../../archiver-stack';
import { withLongestValues } from '../../longest-values';
import { findRole, type PolicyDocument, type Statement, toList } from '../../policies';

const OWNER = { ...TOKYO, account: '999999999999' };
const NAME = 'log-archive-999999999999-ap-northeast-1';
const HERE = `${TOKYO.account}/${TOKYO.region}`;

/** Creates a stack in the archiver's account, and one in the bucket's account. */
function createStacks() {
  const stack = newStack({ env: TOKYO });
  return { stack, ownerStack: new Stack(stack.node.root, 'OwnerStack', { env: OWNER }) };
}

function createArchiveBucket(props: ArchiveBucketProps = {}) {
  const { stack, ownerStack } = createStacks();
  const archiveBucket = new ArchiveBucket(ownerStack, 'Archive', {
    sourceAccounts: [TOKYO.account, '222222222222'],
    ...props,
  });
  return { stack, ownerStack, bucket: archiveBucket.bucket };
}

function findStatements(stack: Stack, type: string, property = 'PolicyDocument'): Statement[] {
  const resources = getResources(stack);
  const found = Object.values(resources).filter(({ Type }) => Type === type);
  return found.flatMap(
    ({ Properties }) => (withLongestValues(Properties[property], resources) as PolicyDocument).Statement,
  );
}

function findRoleStatements(stack: Stack, role: string, service: string): Statement[] {
  const statements = findRole(stack, role).inline.flatMap(({ Statement }) => Statement);
  return statements.filter(({ Action }) => toList(Action).some((each) => each.startsWith(`${service}:`)));
}

describe('an ArchiveBucket of another account', () => {
  it('is referred to by name, without a dependency between the stacks', () => {
    const { stack, bucket } = createArchiveBucket();
    newArchiver(stack, { bucket });
    const template = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(template).toContain(`:s3:::${NAME}/${HERE}/20??/*`);
    expect(template).not.toContain('Fn::ImportValue');
    expect(stack.dependencies).toEqual([]);
  });

  it('receives objects under account and Region, to which the roles are limited', () => {
    const { stack, bucket } = createArchiveBucket();
    newArchiver(stack, { bucket });
    const arn = `arn:aws-us-gov:s3:::${NAME}`;
    const getPermissions = (role: string) =>
      findRoleStatements(stack, role, 's3').map(({ Action, Resource, Condition }) => [Action, Resource, Condition]);
    // The name of an archive bucket can be guessed, and another account may have taken it first.
    const inBucketAccount = { StringEquals: { 's3:ResourceAccount': OWNER.account } };
    const list = (prefix: string) => [
      's3:ListBucket',
      arn,
      { StringLike: { 's3:prefix': prefix }, ...inBucketAccount },
    ];
    const readWrite = (...folders: string[]) => [
      ['s3:GetObject', 's3:PutObject'],
      folders.map((folder) => `${arn}/${HERE}/_log-archiver/${folder}/*`),
      inBucketAccount,
    ];
    expect(getPermissions('ArchiverExportLogToS3Role')).toEqual([
      ['s3:PutObject', `${arn}/${HERE}/20??/*`, { StringEqualsIfExists: inBucketAccount.StringEquals }],
    ]);
    expect(getPermissions('ArchiverPlanArchiveRole')).toEqual([
      list(`${HERE}/_log-archiver/*`),
      ['s3:GetObject', `${arn}/${HERE}/_log-archiver/receipts/*`, inBucketAccount],
      readWrite('runs', 'periods'),
    ]);
    expect(getPermissions('ArchiverRecordArchiveRole')).toEqual([list(`${HERE}/*`), readWrite('receipts', 'parts')]);
  });

  it('needs no statements from the archiver, and causes no warning', () => {
    const { stack, ownerStack, bucket } = createArchiveBucket();
    newArchiver(stack, { bucket });
    expect(findStatements(ownerStack, 'AWS::S3::BucketPolicy')).toHaveLength(15);
    expect([...getWarnings(stack), ...getWarnings(ownerStack)]).toEqual([]);
  });

  it('needs no statements if another app deploys it', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { bucket: ArchiveBucket.fromAttributes(stack, 'Archive', { account: OWNER.account }) });
    expect(getWarnings(stack)).toEqual([]);
    expect(JSON.stringify(getResources(stack))).toContain(`:s3:::${NAME}/${HERE}/20??/*`);
  });

  it('is usable from an environment-agnostic stack if another app deploys it', () => {
    const stack = newStack();
    newArchiver(stack, { bucket: ArchiveBucket.fromAttributes(stack, 'Archive', { account: OWNER.account }) });
    expect(getWarnings(stack)).toEqual([]);
    expect(findRoleStatements(stack, 'ArchiverExportLogToS3Role', 's3')[0].Resource).toBe(
      'arn:aws-us-gov:s3:::log-archive-999999999999-ap-southeast-1/123456789012/ap-southeast-1/20??/*',
    );
  });

  it.each(['', 'logs', `${TOKYO.account}0`, `logs/${TOKYO.account}`])('rejects the key prefix %p', (keyPrefix) => {
    const { stack, bucket } = createArchiveBucket();
    expect(() => newArchiver(stack, { bucket, keyPrefix })).toThrow(
      new Error(
        `keyPrefix must be ${TOKYO.account} or start with ${TOKYO.account}/: an ArchiveBucket lets each account write ` +
          `only under its own ID; got ${JSON.stringify(keyPrefix)}`,
      ),
    );
  });

  it.each(['', 'team/x', '1234567890123'])(
    'rejects the key prefix %p of an environment-agnostic stack',
    (keyPrefix) => {
      const stack = newStack();
      const bucket = ArchiveBucket.fromAttributes(stack, 'Archive', { account: OWNER.account });
      expect(() => newArchiver(stack, { bucket, keyPrefix })).toThrow(
        new Error(
          'keyPrefix must be the 12-digit account ID or start with the account ID and /: an ArchiveBucket lets each ' +
            `account write only under its own ID; got ${JSON.stringify(keyPrefix)}`,
        ),
      );
      expect(() => newArchiver(stack, { bucket, keyPrefix: `${TOKYO.account}/x` }, 'Right')).not.toThrow();
    },
  );

  it.each([TOKYO.account, `${TOKYO.account}/team`])('accepts the key prefix %p', (keyPrefix) => {
    const { stack, bucket } = createArchiveBucket();
    newArchiver(stack, { bucket, keyPrefix });
    expect(getWarnings(stack)).toEqual([]);
  });

  it('rejects an account that is not a source account', () => {
    const { stack, bucket } = createArchiveBucket({ sourceAccounts: ['111111111111', '222222222222'] });
    expect(() => newArchiver(stack, { bucket })).toThrow(
      new Error(
        "account 123456789012 is not in the ArchiveBucket's sourceAccounts (111111111111, 222222222222); add it there",
      ),
    );
  });

  it('rejects an environment-agnostic stack if its own stack has an account', () => {
    const { ownerStack, bucket } = createArchiveBucket();
    const stack = new Stack(ownerStack.node.root, 'Anywhere', { env: { region: TOKYO.region } });
    expect(() => newArchiver(stack, { bucket })).toThrow(
      new Error(
        "set env.account on the archiver's stack: its bucket is in 999999999999, and this stack is environment-agnostic",
      ),
    );
  });

  it('rejects a stack with an account if its own stack is environment-agnostic', () => {
    const stack = newStack({ env: TOKYO });
    const ownerStack = new Stack(stack.node.root, 'OwnerStack', { env: { region: TOKYO.region } });
    expect(() => newArchiver(stack, { bucket: new ArchiveBucket(ownerStack, 'Archive').bucket })).toThrow(
      new Error(
        "set env.account on the bucket's stack: the archiver is in 123456789012, and the bucket's stack is " +
          'environment-agnostic',
      ),
    );
  });

  it('rejects a key prefix under which its retention would delete receipts', () => {
    const { stack, bucket } = createArchiveBucket({ retention: ArchiveRetention.years(7) });
    expect(() => newArchiver(stack, { bucket, keyPrefix: `${HERE}/2026-team` })).toThrow(
      new Error(
        `keyPrefix must not start with ${HERE}/20: the bucket's retention takes it for a year and would delete receipts; ` +
          `got "${HERE}/2026-team"`,
      ),
    );
    const { stack: withoutRetention, bucket: kept } = createArchiveBucket();
    expect(() => newArchiver(withoutRetention, { bucket: kept, keyPrefix: `${HERE}/2026-team` })).not.toThrow();
  });

  it('warns of a key prefix to which its retention does not apply', () => {
    const { stack, bucket } = createArchiveBucket({ retention: ArchiveRetention.years(7) });
    newArchiver(stack, { bucket, keyPrefix: `${TOKYO.account}/team` });
    newArchiver(stack, { bucket }, 'Default');
    expect(getWarnings(stack)).toEqual([
      [
        '/Stack/Archiver/Destination',
        `the bucket's retention applies only to the key prefix '${HERE}': objects under '${TOKYO.account}/team' never ` +
          'expire [ack: cdk-log-archiver:keyPrefix]',
      ],
    ]);
  });
});

it('uses account and Region in the keys also in an ArchiveBucket of the same account', () => {
  const stack = newStack();
  newArchiver(stack, { bucket: new ArchiveBucket(stack, 'Archive').bucket });
  expect(findRoleStatements(stack, 'ArchiverExportLogToS3Role', 's3')[0].Resource).toMatch(
    /^arn:aws-us-gov:s3:::b+\/123456789012\/ap-southeast-1\/20\?{2}\/\*$/,
  );
  expect(findStatements(stack, 'AWS::S3::BucketPolicy')).toHaveLength(15);
  expect(getWarnings(stack)).toEqual([]);
});

describe('a plain bucket of another account', () => {
  const PRINCIPAL = { AWS: `arn:aws-us-gov:iam::${TOKYO.account}:root` };
  const LOGS = { Service: 'logs.ap-northeast-1.amazonaws.com.cn' };
  const FROM_ACCOUNT = { 'aws:SourceAccount': TOKYO.account };
  const ArnLike = { 'aws:SourceArn': `arn:aws-us-gov:logs:ap-northeast-1:${TOKYO.account}:log-group:*` };
  const by = (name: string, { Condition, ...statement }: { Condition?: object; [key: string]: unknown }) => ({
    ...statement,
    Principal: PRINCIPAL,
    Condition: {
      ArnLike: { 'aws:PrincipalArn': `arn:aws-us-gov:iam::${TOKYO.account}:role/log-archiver/${name}/*` },
      ...Condition,
    },
  });
  const readWrite = (start: string, ...folders: string[]) => ({
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: folders.map((folder) => `${start}/_log-archiver/${folder}/*`),
  });
  const list = (arn: string, prefix: string) => ({
    Action: 's3:ListBucket',
    Resource: arn,
    Condition: { StringLike: { 's3:prefix': [prefix] } },
  });
  const createStatements = (arn: string, keyPrefix = HERE, Action: string | string[] = 's3:PutObject') => [
    { Principal: LOGS, Action: 's3:GetBucketAcl', Resource: arn, Condition: { StringEquals: FROM_ACCOUNT, ArnLike } },
    {
      Principal: LOGS,
      Action: 's3:PutObject',
      Resource: `${arn}/${keyPrefix}/20??/*`,
      Condition: { StringEquals: { ...FROM_ACCOUNT, 's3:x-amz-acl': 'bucket-owner-full-control' }, ArnLike },
    },
    by('export-log-to-s3', { Action, Resource: `${arn}/${keyPrefix}/20??/*` }),
    by('record-archive', readWrite(`${arn}/${keyPrefix}`, 'receipts', 'parts')),
    by('record-archive', list(arn, `${keyPrefix}/*`)),
    by('plan-archive', readWrite(`${arn}/${keyPrefix}`, 'runs', 'periods')),
    by('plan-archive', { Action: 's3:GetObject', Resource: `${arn}/${keyPrefix}/_log-archiver/receipts/*` }),
    by('plan-archive', list(arn, `${keyPrefix}/_log-archiver/*`)),
  ];
  const createPlainBucket = (props: BucketProps = {}) => {
    const { stack, ownerStack } = createStacks();
    return { stack, ownerStack, bucket: new Bucket(ownerStack, 'Bucket', { bucketName: 'archive', ...props }) };
  };

  it('gets the statements for CloudWatch Logs and the callers', () => {
    const { stack, ownerStack, bucket } = createPlainBucket();
    newArchiver(stack, { bucket });
    expect(findStatements(ownerStack, 'AWS::S3::BucketPolicy')).toEqual(
      createStatements(`arn:aws-us-gov:s3:::${'b'.repeat(63)}`).map((each) => ({ Effect: 'Allow', ...each })),
    );
    expect([...getWarnings(stack), ...getWarnings(ownerStack)]).toEqual([]);
  });

  it('causes a warning with the statements if it is imported', () => {
    const stack = newStack({ env: TOKYO });
    const attributes = { bucketName: 'archive', account: OWNER.account };
    newArchiver(stack, { bucket: Bucket.fromBucketAttributes(stack, 'Bucket', attributes), keyPrefix: 'logs' });
    const [[path, text], ...others] = getWarnings(stack);
    expect([path, others]).toEqual(['/Stack/Archiver/Destination', []]);
    const printed = text
      .slice(text.indexOf(':\n') + 2, text.indexOf(' [ack: cdk-log-archiver:bucketPolicy]'))
      .replaceAll('arn:aws:', 'arn:aws-us-gov:')
      .replaceAll('amazonaws.com', 'amazonaws.com.cn');
    const statements = createStatements('arn:aws-us-gov:s3:::archive', 'logs', ['s3:PutObject', 's3:PutObjectAcl']);
    expect(JSON.parse(printed)).toEqual(statements.map((each) => ({ Effect: 'Allow', ...each })));
  });

  it.each([
    ['disabled by default', {}, 's3:PutObject'],
    ['disabled', { objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED }, 's3:PutObject'],
    ['preferred', { objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED }, ['s3:PutObject', 's3:PutObjectAcl']],
    ['enabled', { objectOwnership: ObjectOwnership.OBJECT_WRITER }, ['s3:PutObject', 's3:PutObjectAcl']],
  ])('lets the callers set ACLs only where they can be enabled: %s', (_, props, Action) => {
    const { stack, ownerStack, bucket } = createPlainBucket(props);
    newArchiver(stack, { bucket });
    const [, , callers] = findStatements(ownerStack, 'AWS::S3::BucketPolicy');
    expect(callers.Action).toEqual(Action);
    expect(findRoleStatements(stack, 'ArchiverExportLogToS3Role', 's3').map((each) => each.Action)).toEqual([Action]);
  });

  it('lets the callers set ACLs if it is imported, because its ACLs are not known', () => {
    const stack = newStack({ env: TOKYO });
    const attributes = { bucketName: 'archive', account: OWNER.account };
    newArchiver(stack, { bucket: Bucket.fromBucketAttributes(stack, 'Bucket', attributes) });
    const [{ Action, Resource }] = findRoleStatements(stack, 'ArchiverExportLogToS3Role', 's3');
    expect(Action).toEqual(['s3:PutObject', 's3:PutObjectAcl']);
    expect(Resource).toBe(`arn:aws-us-gov:s3:::archive/${HERE}/20??/*`);
  });
});

describe('the customer-managed key of a bucket', () => {
  const KEY_ARN = 'arn:aws:kms:ap-northeast-1:999999999999:key/12345678-1234-1234-1234-123456789012';
  const allowUse = (Resource: string, arn: string) => ({
    Effect: 'Allow',
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource,
    Condition: {
      StringEquals: { 'kms:ViaService': 's3.ap-northeast-1.amazonaws.com.cn' },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': [arn, `${arn}/*`] },
    },
  });
  const userRoles = ['PlanArchive', 'ExportLogToS3', 'RecordArchive'].map((name) => `Archiver${name}Role`);
  const findKeyStatements = (stack: Stack) => userRoles.flatMap((role) => findRoleStatements(stack, role, 'kms'));
  const getContexts = (statements: Statement[]) =>
    statements.map(({ Principal = {}, Condition }) => [
      ...Object.keys(Principal),
      Condition?.StringLike?.['kms:EncryptionContext:aws:s3:arn'][0],
    ]);

  it('is any key of its account in a stack of another account, limited to the bucket', () => {
    const { stack, ownerStack } = createStacks();
    const encryptionKey = new Key(ownerStack, 'Key');
    const sourceAccounts = [TOKYO.account];
    newArchiver(stack, { bucket: new ArchiveBucket(ownerStack, 'Archive', { encryptionKey, sourceAccounts }).bucket });
    const anyKey = 'arn:aws-us-gov:kms:ap-northeast-1:999999999999:key/*';
    expect(findKeyStatements(stack)).toEqual(Array(3).fill(allowUse(anyKey, `arn:aws-us-gov:s3:::${NAME}`)));
    expect(findRoleStatements(stack, 'ArchiverCheckExportTaskRole', 'kms')).toEqual([]);
    expect(findStatements(ownerStack, 'AWS::KMS::Key', 'KeyPolicy')).toHaveLength(3);
  });

  it('is the key itself if its ARN is known', () => {
    const stack = newStack({ env: TOKYO });
    const bucket = ArchiveBucket.fromAttributes(stack, 'Archive', {
      account: OWNER.account,
      encryptionKeyArn: KEY_ARN,
    });
    newArchiver(stack, { bucket });
    expect(findKeyStatements(stack)).toEqual(Array(3).fill(allowUse(KEY_ARN, `arn:aws-us-gov:s3:::${NAME}`)));
    expect(getWarnings(stack)).toEqual([]);
  });

  it.each<[string, Partial<BucketProps>, string]>([
    ['by name', { bucketName: 'archive' }, 'archive'],
    ['as any bucket without a name', {}, '*'],
    ['as any bucket with a generated name', { bucketName: PhysicalName.GENERATE_IF_NEEDED }, '*'],
  ])('admits CloudWatch Logs in its policy, for the bucket %s', (_case, props, name) => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { bucket: new Bucket(stack, 'Bucket', { ...props, encryptionKey: new Key(stack, 'Key') }) });
    expect(getContexts(findStatements(stack, 'AWS::KMS::Key', 'KeyPolicy').slice(1))).toEqual([
      ['Service', `arn:aws-us-gov:s3:::${name}`],
    ]);
    expect(getWarnings(stack)).toEqual([]);
  });

  it('admits the callers of another account in its policy', () => {
    const { stack, ownerStack } = createStacks();
    const encryptionKey = new Key(ownerStack, 'Key');
    newArchiver(stack, { bucket: new Bucket(ownerStack, 'Bucket', { bucketName: 'archive', encryptionKey }) });
    const [, logs, callers] = findStatements(ownerStack, 'AWS::KMS::Key', 'KeyPolicy');
    expect(getContexts([logs, callers])).toEqual([
      ['Service', 'arn:aws-us-gov:s3:::archive'],
      ['AWS', 'arn:aws-us-gov:s3:::archive'],
    ]);
    expect(callers).toMatchObject({
      Principal: { AWS: `arn:aws-us-gov:iam::${TOKYO.account}:root` },
      Condition: { StringEquals: { 'kms:ViaService': 's3.ap-northeast-1.amazonaws.com.cn' } },
    });
  });

  it('causes a warning with the statements if it is imported', () => {
    const stack = newStack({ env: TOKYO });
    const encryptionKey = Key.fromKeyArn(stack, 'Key', KEY_ARN);
    const bucket: IBucket = new Bucket(stack, 'Bucket', { bucketName: 'archive', encryptionKey });
    newArchiver(stack, { bucket });
    const [[path, text], ...others] = getWarnings(stack);
    expect([path, others]).toEqual(['/Stack/Archiver/Destination/Key', []]);
    expect(text).toMatch(
      /^the KMS key of the bucket is imported, so its policy cannot be updated automatically; exports fail until it contains these statements\. Add to the policy of arn:aws:kms:ap-northeast-1:999999999999:key\/12345678-1234-1234-1234-123456789012 in account 999999999999:\n/,
    );
    expect(text.match(/"Principal": \{\n *"\w+"/g)).toEqual([expect.stringMatching(/"Service"$/)]);
  });
});
