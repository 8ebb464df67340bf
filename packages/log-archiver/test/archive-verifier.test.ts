import { NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ArchiveBucket, ArchiveVerifier } from '../src';
import { loadAnotherCopy } from './another-copy';
import { getResources, newApp, newArchiver, newStack, TOKYO } from './archiver-stack';
import { newVerifier } from './verifier-stack';

describe('an ArchiveVerifier', () => {
  it('is recognized by isArchiveVerifier', () => {
    expect(ArchiveVerifier.isArchiveVerifier(newVerifier(newStack()))).toBe(true);
    const others = [null, undefined, 'ArchiveVerifier', 0, {}, [], newArchiver(newStack())];
    for (const other of [...others, new Construct(newStack(), 'ArchiveVerifier')]) {
      expect(ArchiveVerifier.isArchiveVerifier(other)).toBe(false);
    }
  });

  it('is recognized by another copy of the package', () => {
    const copy = loadAnotherCopy<{ ArchiveVerifier: typeof ArchiveVerifier }>('archive-verifier').ArchiveVerifier;
    expect(copy).not.toBe(ArchiveVerifier);
    expect(copy.isArchiveVerifier(newVerifier(newStack()))).toBe(true);
  });

  it('exposes its resources', () => {
    const stack = newStack();
    const { stateMachine, schedule, deadLetterQueue, signingKey, alarm } = newVerifier(stack);
    const ids = [stateMachine, schedule, deadLetterQueue, signingKey, alarm].map(({ node }) => node.path);
    expect(ids).toEqual([
      'Stack/Verifier/Workflow/StateMachine',
      'Stack/Verifier/Schedule/Schedule',
      'Stack/Verifier/Schedule/DeadLetterQueue',
      'Stack/Verifier/SigningKey',
      'Stack/Verifier/Alarm',
    ]);
  });
});

describe('the signing key', () => {
  it('signs with ECDSA on NIST P-256, only for the function that writes statements, and is retained', () => {
    const stack = newStack({ env: TOKYO });
    newVerifier(stack, { bucket: Bucket.fromBucketName(stack, 'Bucket', 'logs') });
    const [[, key]] = Object.entries(getResources(stack)).filter(([, { Type }]) => Type === 'AWS::KMS::Key');
    expect(key).toEqual({
      Type: 'AWS::KMS::Key',
      Properties: {
        Description: 'LogArchiver: signs statements about the archive',
        KeySpec: 'ECC_NIST_P256',
        KeyUsage: 'SIGN_VERIFY',
        KeyPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              ...{ Effect: 'Allow', Action: 'kms:*', Resource: '*' },
              Principal: {
                AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::123456789012:root']] },
              },
            },
            {
              ...{ Sid: 'OnlyTheVerifierSigns', Effect: 'Deny', Action: 'kms:Sign', Resource: '*' },
              Principal: { AWS: '*' },
              Condition: {
                ArnNotEquals: {
                  'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^VerifierWriteStatementsRole/), 'Arn'] },
                },
              },
            },
          ],
        },
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });
});

describe('the account in the policies of the roles', () => {
  const getAccounts = (stack: Stack) => {
    const text = JSON.stringify(Template.fromStack(stack).toJSON());
    return [
      ...new Set([...text.matchAll(/"s3:ResourceAccount":("\d+"|\{"Ref":"AWS::AccountId"\})/g)].map(([, id]) => id)),
    ];
  };
  const createBucket = (stack: Stack): IBucket =>
    new ArchiveBucket(stack, 'Archive', { encryptionKey: new Key(stack, 'Key') }).bucket;

  it('is that of a nested stack', () => {
    const parent = newStack({ env: TOKYO });
    const nested = new NestedStack(parent, 'Nested');
    newVerifier(nested, { bucket: createBucket(parent) });
    expect(getAccounts(nested)).toEqual(['"123456789012"']);
  });

  it('is that of a stage', () => {
    const stage = new Stage(newApp(), 'Prod', { env: TOKYO });
    const stack = new Stack(stage, 'Stack');
    newVerifier(stack, { bucket: createBucket(stack) });
    expect(getAccounts(stack)).toEqual(['"123456789012"']);
  });

  it('is a pseudo parameter in an environment-agnostic stack', () => {
    const stack = newStack();
    newVerifier(stack, { bucket: createBucket(stack) });
    expect(getAccounts(stack)).toEqual(['{"Ref":"AWS::AccountId"}']);
  });
});

it('names S3 in both ways for a key in China, where AWS documents neither', () => {
  const stack = newStack({ env: { ...TOKYO, region: 'cn-north-1' } });
  const { bucket } = new ArchiveBucket(stack, 'Archive', { encryptionKey: new Key(stack, 'Key') });
  newVerifier(stack, { bucket });
  const [[, { Properties }]] = Object.entries(getResources(stack)).filter(([id]) =>
    id.startsWith('VerifierVerifyReceiptsRoleDefaultPolicy'),
  );
  const { Statement } = Properties.PolicyDocument as { Statement: { Action: string | string[]; Condition: object }[] };
  expect(Statement.find(({ Action }) => Action.includes('kms:Decrypt'))?.Condition).toMatchObject({
    StringEquals: {
      'kms:ViaService': [
        's3.cn-north-1.amazonaws.com',
        { 'Fn::Join': ['', ['s3.cn-north-1.', { Ref: 'AWS::URLSuffix' }]] },
      ],
    },
  });
  expect(JSON.stringify(getResources(stack))).not.toMatch(/"arn:aws:/);
});
