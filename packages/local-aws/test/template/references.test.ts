import { LocalAws } from '../../src';
import { findReferences } from '../../src/template/references';

const aws = new LocalAws({ now: '2026-11-02T00:00:00Z' });
const Resources = {
  Topic: { Type: 'AWS::SNS::Topic' },
  Named: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'operators' } },
  Queue: { Type: 'AWS::SQS::Queue' },
  Rule: { Type: 'AWS::Events::Rule' },
  Alarm: { Type: 'AWS::CloudWatch::Alarm' },
  Role: { Type: 'AWS::IAM::Role' },
  RoleInPath: { Type: 'AWS::IAM::Role', Properties: { Path: '/log-archiver/plan-archive/' } },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { StateMachineName: { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, 'archiver']] } },
  },
};
const { ref, getAtt } = findReferences({ stackName: 'Shop', template: { Resources }, assetDirectory: '' }, aws);

it.each([
  ['Topic', 'arn:aws:sns:ap-northeast-1:123456789012:Shop-Topic'],
  ['Named', 'arn:aws:sns:ap-northeast-1:123456789012:operators'],
  ['Queue', 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/Shop-Queue'],
  ['Machine', 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Shop-archiver'],
])('resolves Ref of %s to %s', (logicalId, value) => {
  expect(ref(logicalId)).toBe(value);
});

it.each([
  ['Named', 'TopicName', 'operators'],
  ['Queue', 'Arn', 'arn:aws:sqs:ap-northeast-1:123456789012:Shop-Queue'],
  ['Queue', 'QueueName', 'Shop-Queue'],
  ['Rule', 'Arn', 'arn:aws:events:ap-northeast-1:123456789012:rule/Shop-Rule'],
  ['Alarm', 'Arn', 'arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:Shop-Alarm'],
  ['Machine', 'Name', 'Shop-archiver'],
  ['Role', 'Arn', 'arn:aws:iam::123456789012:role/Shop-Role'],
  ['RoleInPath', 'Arn', 'arn:aws:iam::123456789012:role/log-archiver/plan-archive/Shop-RoleInPath'],
])('resolves GetAtt of %s.%s to %s', (logicalId, attribute, value) => {
  expect(getAtt(logicalId, attribute)).toBe(value);
});

it('rejects an unsupported attribute', () => {
  expect(() => getAtt('Queue', 'Nothing')).toThrow(
    'unsupported attribute Nothing of Queue; expected one of Arn, Name, QueueName, TopicName',
  );
});
