import { RemovalPolicies, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket } from '../../src';
import { getResources, getWarnings, newArchiver, newStack } from '../archiver-stack';
import { newVerifier } from '../verifier-stack';

const WARNING =
  'the archive is retained although an aspect would delete it; to delete it with its stack, call applyRemovalPolicy on the ' +
  'bucket [ack: cdk-log-archiver:removalPolicy]';

function getPolicies(stack: Stack, type = 'AWS::S3::Bucket') {
  const [resource] = Object.values(getResources(stack)).filter(({ Type }) => Type === type);
  const { DeletionPolicy, UpdateReplacePolicy } = resource as unknown as Record<string, string>;
  return [DeletionPolicy, UpdateReplacePolicy];
}

describe.each([true, false])('the bucket of an archiver, with stabilized aspects: %p', (isStabilized) => {
  const createStack = () => newStack({}, { '@aws-cdk/core:aspectStabilization': isStabilized });

  it.each([
    ['the archiver', (stack: Stack) => stack.node.findChild('Archiver')],
    ['the stack', (stack: Stack) => stack],
  ])('is retained, with a warning, if all resources of %s are to be destroyed', (_, getScope) => {
    const stack = createStack();
    newArchiver(stack);
    RemovalPolicies.of(getScope(stack)).destroy();
    expect(getPolicies(stack)).toEqual(['Retain', 'Retain']);
    expect(getWarnings(stack)).toEqual([['/Stack/Archiver/Destination/Bucket', WARNING]]);
  });

  it('is deleted if its own policy says so', () => {
    const stack = createStack();
    (newArchiver(stack).bucket as Bucket).applyRemovalPolicy(RemovalPolicy.DESTROY);
    RemovalPolicies.of(stack).destroy();
    expect([getPolicies(stack), getWarnings(stack)]).toEqual([['Delete', 'Delete'], []]);
  });

  it('is retained without a warning if nothing else was asked for', () => {
    const stack = createStack();
    newArchiver(stack);
    expect([getPolicies(stack), getWarnings(stack)]).toEqual([['Retain', 'Retain'], []]);
  });
});

it('retains the bucket of an ArchiveBucket', () => {
  const stack = newStack();
  new ArchiveBucket(stack, 'Archive');
  RemovalPolicies.of(stack).destroy();
  expect(getPolicies(stack)).toEqual(['RetainExceptOnCreate', 'Retain']);
  expect(getWarnings(stack)).toEqual([['/Stack/Archive/Bucket', WARNING]]);
});

describe.each([true, false])('the signing key of a verifier, with stabilized aspects: %p', (isStabilized) => {
  const createStack = () => {
    const stack = newStack({}, { '@aws-cdk/core:aspectStabilization': isStabilized });
    const verifier = newVerifier(stack, { bucket: Bucket.fromBucketName(stack, 'Bucket', 'logs') });
    return { stack, verifier };
  };

  it('is retained, with a warning, if all resources of the app are to be destroyed', () => {
    const { stack } = createStack();
    RemovalPolicies.of(stack.node.root).destroy();
    expect(getPolicies(stack, 'AWS::KMS::Key')).toEqual(['Retain', 'Retain']);
    expect(getWarnings(stack)).toEqual([
      [
        '/Stack/Verifier/SigningKey',
        'the signing key is retained although an aspect would delete it (it verifies the statements that exist); to delete it ' +
          'with its stack, call applyRemovalPolicy on the key [ack: cdk-log-archiver:removalPolicy]',
      ],
    ]);
  });

  it('is deleted if its own policy says so', () => {
    const { stack, verifier } = createStack();
    verifier.signingKey.applyRemovalPolicy(RemovalPolicy.DESTROY);
    expect([getPolicies(stack, 'AWS::KMS::Key'), getWarnings(stack)]).toEqual([['Delete', 'Delete'], []]);
  });

  it('is retained without a warning if nothing else was asked for', () => {
    const { stack } = createStack();
    expect([getPolicies(stack, 'AWS::KMS::Key'), getWarnings(stack)]).toEqual([['Retain', 'Retain'], []]);
  });
});
