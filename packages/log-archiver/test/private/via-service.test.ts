import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { getResources, newArchiver, newStack } from '../archiver-stack';

/** Returns the different values of `kms:ViaService` in a template, in their order. */
function findViaServices(region?: string): unknown[] {
  const stack = newStack({ env: { account: '123456789012', region } });
  const encryptionKey = new Key(stack, 'Key');
  newArchiver(stack, { encryptionKey, notificationTopic: new Topic(stack, 'Topic', { masterKey: encryptionKey }) });
  const found: string[] = [];
  JSON.stringify(getResources(stack), (name, value) => {
    if (name === 'kms:ViaService') {
      found.push(JSON.stringify(value));
    }
    return value;
  });
  return [...new Set(found)].map((value) => JSON.parse(value));
}

const withSuffix = (...start: unknown[]) => ({ 'Fn::Join': ['', [...start, { Ref: 'AWS::URLSuffix' }]] });

describe('kms:ViaService', () => {
  it('has the URL suffix of the partition', () => {
    expect(findViaServices('ap-northeast-1')).toEqual([
      withSuffix('s3.ap-northeast-1.'),
      withSuffix('sns.ap-northeast-1.'),
      [withSuffix('sqs.ap-northeast-1.'), withSuffix('states.ap-northeast-1.')],
    ]);
  });

  it('has both spellings in China', () => {
    const inBoth = (service: string) => [`${service}.cn-north-1.amazonaws.com`, withSuffix(`${service}.cn-north-1.`)];
    expect(findViaServices('cn-north-1')).toEqual([
      inBoth('s3'),
      inBoth('sns'),
      [...inBoth('sqs'), ...inBoth('states')],
    ]);
  });

  it('has both spellings if the stack is environment-agnostic', () => {
    const region = { Ref: 'AWS::Region' };
    expect(findViaServices()).toContainEqual([
      { 'Fn::Join': ['', ['s3.', region, '.amazonaws.com']] },
      withSuffix('s3.', region, '.'),
    ]);
  });
});
