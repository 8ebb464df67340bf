import { Stack } from 'aws-cdk-lib';
import { AccountPrincipal, type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket } from '../../../src';
import { getResources, getWarnings, newArchiver, newStack, TOKYO } from '../../archiver-stack';

const OTHER = '555555555555';
const KEY_ARN = `arn:aws:kms:${TOKYO.region}:${TOKYO.account}:key/01234567-89ab-cdef-0123-456789abcdef`;

it('prints the statements that the policy of an imported bucket needs for another account', () => {
  const stack = newStack({ env: TOKYO });
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'logs');
  const archiver = newArchiver(stack, { bucket, keyPrefix: 'team' });
  const before = getWarnings(stack);
  archiver.grantRead(new AccountPrincipal(OTHER));
  const added = getWarnings(stack).slice(before.length);
  expect(added.map(([path]) => path)).toEqual(['/Stack/Archiver/Destination', '/Stack/Archiver/Destination']);
  expect(added[0]?.[1]).toContain(
    'the bucket is imported, so its policy cannot be updated automatically; the grantee of grantRead cannot read the ' +
      'archive until it contains this statement. Add to the policy of arn:aws:s3:::logs in account 123456789012:',
  );
  expect(added[0]?.[1]).toContain('"AWS": "arn:aws:iam::555555555555:root"');
  expect(added[0]?.[1]).toContain('"arn:aws:s3:::logs/team/20??/*"');
  expect(added[1]?.[1]).toContain('"s3:prefix": [');
  // The policy of a bucket applies only to that bucket.
  expect(added.join('')).not.toContain('s3:ResourceAccount');
});

it('prints the statement that the policy of an imported key needs for another account', () => {
  const stack = newStack({ env: TOKYO });
  const encryptionKey = Key.fromKeyArn(stack, 'Key', KEY_ARN);
  const archive = new ArchiveBucket(stack, 'Archive', { encryptionKey });
  archive.grantRead(new AccountPrincipal(OTHER));
  const warning = getWarnings(stack).find(([path]) => path === '/Stack/Archive/Key')?.[1];
  expect(warning).toContain('the grantee of grantRead cannot read the archive');
  expect(warning).toContain('"Action": "kms:Decrypt"');
  expect(warning).toContain(`"kms:ViaService": "s3.${TOKYO.region}.amazonaws.com"`);
});

it('adds to the policy of the principal only, in the account of the bucket', () => {
  const stack = newStack({ env: TOKYO });
  const archive = new ArchiveBucket(stack, 'Archive');
  const policy = () => Object.values(getResources(stack)).find(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  const grant = archive.grantRead(new Role(stack, 'Auditor', { assumedBy: new AccountPrincipal(TOKYO.account) }));
  expect(grant.success).toBe(true);
  expect(grant.resourceStatements).toEqual([]);
  expect(JSON.stringify(policy())).not.toContain('Auditor');
  expect(getWarnings(stack)).toEqual([]);
});

it('grants in the policy of the bucket for a principal without a policy of its own', () => {
  const stack = new Stack(newStack().node.root, 'Archive', { env: TOKYO });
  const grant = new ArchiveBucket(stack, 'Archive').grantRead(new AccountPrincipal(OTHER));
  expect(grant.success).toBe(true);
  expect(grant.resourceStatements.map((each) => each.actions)).toEqual([['s3:GetObject'], ['s3:ListBucket']]);
});

describe('grantRead for an imported role', () => {
  const ROLE_ARN = `arn:aws:iam::${OTHER}:role/auditor`;

  /** Returns the warnings about the policy of the role. */
  const findWarnings = (stack: Stack) =>
    getWarnings(stack).flatMap(([, text]) => (text.startsWith('the role is imported') ? [text] : []));

  it('prints the statements that the policy of a role of another account needs', () => {
    const stack = newStack({ env: TOKYO });
    const archive = new ArchiveBucket(stack, 'Archive', { encryptionKey: new Key(stack, 'Key') });
    archive.grantRead(Role.fromRoleArn(stack, 'Auditor', ROLE_ARN));
    const [warning = ''] = findWarnings(stack);
    const [text, json = ''] = warning.split(/(?<=:)\n(?=\[)/);
    expect(text).toBe(
      'the role is imported, so its policy cannot be updated automatically; the grantee of grantRead cannot read the ' +
        `archive until it contains these statements. Add to the policy of ${ROLE_ARN} in account ${OTHER}:`,
    );
    const bucket = `arn:aws:s3:::log-archive-${TOKYO.account}-${TOKYO.region}`;
    const inAccount = { StringEquals: { 's3:ResourceAccount': TOKYO.account } };
    expect(JSON.parse(json.slice(0, json.lastIndexOf(' [ack:')))).toEqual([
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: [
          `${bucket}/*/20??/*`,
          `${bucket}/*/_log-archiver/receipts/*`,
          `${bucket}/*/_log-archiver/periods/*/20??-*.json`,
          `${bucket}/*/_log-archiver/runs/*/report.json`,
          `${bucket}/_verified/*`,
        ],
        Condition: inAccount,
      },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket, Condition: inAccount },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: `arn:aws:kms:${TOKYO.region}:${TOKYO.account}:key/*`,
        Condition: {
          StringEquals: { 'kms:ViaService': `s3.${TOKYO.region}.amazonaws.com` },
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucket, `${bucket}/*`] },
        },
      },
    ]);
  });

  it.each<[string, string, (stack: Stack) => string | undefined]>([
    ['imported', 'arn:aws:s3:::logs/team/20??/*', () => 'logs'],
    ['created by the archiver', 'arn:aws:s3:::BUCKET/team/20??/*', () => undefined],
  ])(
    'prints the name of the bucket, or a placeholder if the name is generated: a bucket that is %s',
    (_, resource, find) => {
      const stack = newStack({ env: TOKYO });
      const name = find(stack);
      const bucket = name === undefined ? undefined : Bucket.fromBucketName(stack, 'Bucket', name);
      newArchiver(stack, { bucket, keyPrefix: 'team' }).grantRead(Role.fromRoleArn(stack, 'Auditor', ROLE_ARN));
      const [warning = '', ...others] = findWarnings(stack);
      expect(others).toEqual([]);
      expect(warning).toContain(`"${resource}"`);
      expect(warning.includes('; replace BUCKET:')).toBe(name === undefined);
    },
  );

  it('prints the statements for a role of the account of the bucket, in a stack of another account', () => {
    const stack = newStack({ env: TOKYO });
    const bucket = Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'logs', account: OTHER });
    newArchiver(stack, { bucket }).grantRead(Role.fromRoleArn(stack, 'Auditor', ROLE_ARN));
    expect(findWarnings(stack)).toHaveLength(1);
  });

  it.each<[string, (stack: Stack) => IGrantable]>([
    ['an imported role of the account', (stack) => Role.fromRoleName(stack, 'Auditor', 'auditor')],
    ['an imported role of an unknown account', (stack) => Role.fromRoleArn(new Stack(stack), 'Auditor', ROLE_ARN)],
    [
      'a role of a stack of another account',
      (stack) => {
        const auditors = new Stack(stack.node.root, 'Auditors', { env: { ...TOKYO, account: OTHER } });
        return new Role(auditors, 'Auditor', { assumedBy: new ServicePrincipal('a'), roleName: 'auditor' });
      },
    ],
    ['an account', () => new AccountPrincipal(OTHER)],
  ])('prints nothing if the CDK updates the policy of the principal, or if there is none: %s', (_, create) => {
    const stack = newStack({ env: TOKYO });
    new ArchiveBucket(stack, 'Archive').grantRead(create(stack));
    expect(findWarnings(stack)).toEqual([]);
  });

  it('prints nothing for a precreated role', () => {
    const stack = newStack({ env: TOKYO });
    Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Auditor': 'auditor' } });
    const auditor = new Role(stack, 'Auditor', { assumedBy: new ServicePrincipal('a') });
    new ArchiveBucket(stack, 'Archive').grantRead(auditor);
    expect(findWarnings(stack)).toEqual([]);
  });
});
