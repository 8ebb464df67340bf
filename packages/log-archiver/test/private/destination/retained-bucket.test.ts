import { RemovalPolicies, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket } from '../../../src';
import { getResources, getWarnings, newArchiver, newStack } from '../../archiver-stack';

const WARNING =
  'the archive is retained although an aspect would delete it; to delete it with its stack, call applyRemovalPolicy on the ' +
  'bucket [ack: cdk-log-archiver:removalPolicy]';

function getPolicies(stack: Stack) {
  const [bucket] = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::S3::Bucket');
  const { DeletionPolicy, UpdateReplacePolicy } = bucket as unknown as Record<string, string>;
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
