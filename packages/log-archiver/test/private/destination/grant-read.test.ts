import { Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
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
