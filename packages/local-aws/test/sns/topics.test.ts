import { Topics } from '../../src/sns/topics';

const ARN = 'arn:aws:sns:ap-northeast-1:123456789012:Operators';

function createTopics() {
  const topics = new Topics(() => 42);
  topics.create(ARN);
  return topics;
}

it('stores published messages, with objects as JSON', () => {
  const topics = createTopics();
  expect(topics.publish({ TopicArn: ARN, Subject: 'Hello', Message: 'a\nb' })).toEqual({
    MessageId: expect.any(String),
  });
  topics.publish({ TopicArn: ARN, Message: { a: 1 } });
  expect(topics.messages).toEqual([
    { topicArn: ARN, subject: 'Hello', message: 'a\nb', publishedAt: 42 },
    { topicArn: ARN, subject: undefined, message: '{"a":1}', publishedAt: 42 },
  ]);
});

it('rejects an unknown topic', () => {
  expect(() => createTopics().publish({ TopicArn: `${ARN}2`, Message: 'a' })).toThrow(
    expect.objectContaining({ name: 'SNS.NotFoundException', message: 'Topic does not exist' }),
  );
});

it.each([
  ['an empty subject', '', 'a', 'Subject'],
  ['a subject of 100 characters', 'x'.repeat(100), 'a', 'Subject'],
  ['a subject of two lines', 'a\nb', 'a', 'Subject'],
  ['a subject with an umlaut', 'für', 'a', 'Subject'],
  ['no message', 'a', '', 'Empty message'],
  ['a message of more than 256 KiB', 'a', 'ü'.repeat(131_073), 'Message too long'],
])('rejects %s', (_, Subject, Message, parameter) => {
  const topics = createTopics();
  expect(() => topics.publish({ TopicArn: ARN, Subject, Message })).toThrow(
    expect.objectContaining({ name: 'SNS.InvalidParameterException', message: `Invalid parameter: ${parameter}` }),
  );
  expect(topics.messages).toEqual([]);
});

it('accepts a subject of 99 characters and a message of 256 KiB', () => {
  const topics = createTopics();
  topics.publish({ TopicArn: ARN, Subject: 'x'.repeat(99), Message: 'x'.repeat(262_144) });
  expect(topics.messages).toHaveLength(1);
});
