import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, ArchiveVerifier } from '../../../src';
import { newApp, TOKYO } from '../../archiver-stack';
import { getDefinition } from '../../definition';
import { getRoles } from '../../policies';

const { account } = TOKYO;

/** Creates the archive bucket of a Region, with a verifier. */
function createRegion(region: string, stack = new Stack(newApp(), 'Tokyo', { env: { account, region } })) {
  const { bucket } = new ArchiveBucket(stack, 'Archive', { encryptionKey: new Key(stack, 'Key') });
  return { stack, bucket };
}

function createVerifier(createOthers: (stack: Stack) => unknown) {
  const { stack, bucket } = createRegion(TOKYO.region);
  const osaka = new Stack(stack.node.root, 'Osaka', { env: { account, region: 'ap-northeast-3' } });
  const otherBuckets = (createOthers(osaka) ?? [bucket]) as IBucket[];
  new ArchiveVerifier(stack, 'Verifier', { bucket, otherBuckets });
  return stack;
}

it('passes the names of the buckets to the function that writes the table', () => {
  const stack = createVerifier((osaka) => [createRegion('ap-northeast-3', osaka).bucket]);
  const { WriteStatements } = getDefinition(stack, 'Verifier').States;
  expect(WriteStatements.Parameters.otherBuckets).toEqual([`log-archive-${account}-ap-northeast-3`]);
});

it('allows only this function to read only their tables, with their keys', () => {
  const stack = createVerifier((osaka) => [createRegion('ap-northeast-3', osaka).bucket]);
  const roles = Object.entries(getRoles(stack)).map(([id, { inline }]) => {
    const statements = inline.flatMap(({ Statement }) => Statement);
    return [id.slice(0, -8), statements.filter((statement) => JSON.stringify(statement).includes('ap-northeast-3'))];
  });
  const arn = `arn:aws-us-gov:s3:::log-archive-${account}-ap-northeast-3`;
  const readers = roles.filter(([, statements]) => statements.length > 0);
  expect(readers).toEqual([
    [
      'VerifierWriteStatementsRole',
      [
        {
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: arn,
          Condition: {
            StringLike: { 's3:prefix': '_verified/table.json' },
            StringEquals: { 's3:ResourceAccount': account },
          },
        },
        {
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: `${arn}/_verified/table.json`,
          Condition: { StringEquals: { 's3:ResourceAccount': account } },
        },
        {
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: `arn:aws-us-gov:kms:ap-northeast-3:${account}:key/*`,
          Condition: {
            StringEquals: { 'kms:ViaService': 's3.ap-northeast-3.amazonaws.com.cn' },
            StringLike: { 'kms:EncryptionContext:aws:s3:arn': [arn, `${arn}/*`] },
          },
        },
      ],
    ],
  ]);
});

it.each<[string, string, (osaka: Stack) => unknown]>([
  [
    'a bucket of another account',
    'each of otherBuckets must be in the account of the verifier, 123456789012, got 999999999999',
    (osaka) => [Bucket.fromBucketAttributes(osaka, 'Bucket', { bucketName: 'other', account: '999999999999' })],
  ],
  [
    'the same bucket twice',
    'otherBuckets must not contain duplicates or the bucket itself, got other twice',
    (osaka) => ['One', 'Two'].map((id) => Bucket.fromBucketName(osaka, id, 'other')),
  ],
  [
    'its own bucket',
    /otherBuckets must not contain duplicates or the bucket itself, got .* twice/ as unknown as string,
    () => undefined,
  ],
  ['no array', 'otherBuckets must be an array, got "other"', () => 'other'],
  ['names', 'each of otherBuckets must be a bucket, got "other"; use Bucket.fromBucketName', () => ['other']],
])('rejects %s', (_, message, createOthers) => {
  expect(() => createVerifier(createOthers)).toThrow(message);
});
