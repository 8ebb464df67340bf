import { Access, type PolicyDocument, requiresEvaluator } from '../../src';
import { ServicePublisher } from '../../src/sns/service-publisher';
import { Topics } from '../../src/sns/topics';

const ACCOUNT = '123456789012';
const TOPIC = `arn:aws:sns:ap-northeast-1:${ACCOUNT}:operators`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/events`;
const RULE = `arn:aws:events:ap-northeast-1:${ACCOUNT}:rule/stopped`;
const [EVENTS, ALARMS] = ['events.amazonaws.com', 'cloudwatch.amazonaws.com'];

const allow = (Action: string, Resource?: string, service?: string, sourceArn = RULE): PolicyDocument => ({
  Statement: [
    {
      ...{ Effect: 'Allow', Action },
      ...(Resource && { Resource }),
      ...(service && {
        Principal: { Service: service },
        Condition: { ArnEquals: { 'aws:SourceArn': sourceArn }, StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      }),
    },
  ],
});
const ASSUMABLE = allow('sts:AssumeRole', undefined, EVENTS);
const PUBLISHES = allow('sns:Publish', TOPIC);
const ADMITS_EVENTS = allow('sns:Publish', TOPIC, EVENTS);

interface Policies {
  role?: PolicyDocument;
  trust?: PolicyDocument;
  topic?: PolicyDocument;
}

/** Publishes a message under the policies, and returns the reasons for its refusal. */
function publish(message: { service?: string; roleArn?: string }, { role, trust, topic }: Policies) {
  const topics = new Topics(() => 0);
  topics.create(TOPIC);
  const resourcePolicies = [
    { of: [ROLE], document: trust },
    { of: [TOPIC], document: topic },
  ].flatMap(({ of, document }) => (document ? [{ logicalId: String(of), of, document }] : []));
  const roles = [{ arn: ROLE, logicalId: 'Role', policies: role ? [{ logicalId: 'Policy', document: role }] : [] }];
  const publisher = new ServicePublisher(topics, new Access({ account: ACCOUNT, roles, resourcePolicies }));
  publisher.publish({
    ...{ service: EVENTS, sourceArn: RULE, topicArn: TOPIC, subject: 'Hello', message: 'text', publishedAt: 42 },
    ...message,
  });
  return { messages: topics.messages, reasons: publisher.refused.map(({ reason }) => reason) };
}

const PUBLISHED = { topicArn: TOPIC, subject: 'Hello', message: 'text', publishedAt: 42 };
const denied = (who: string, action: string, resource: string, kind: string) =>
  `${who} is not authorized to perform: ${action} on resource: ${resource} because no ${kind}-based policy allows the ${action} action`;

requiresEvaluator(it).each<[string, { service?: string; roleArn?: string }, Policies]>([
  ['a role that may publish', { roleArn: ROLE }, { role: PUBLISHES, trust: ASSUMABLE }],
  ['a policy of the topic that admits the rule', {}, { topic: ADMITS_EVENTS }],
  ['the default policy of a topic, for an alarm', { service: ALARMS }, {}],
])('publishes by %s', (_, message, policies) => {
  expect(publish(message, policies)).toEqual({ messages: [PUBLISHED], reasons: [] });
});

requiresEvaluator(it).each<[string, { service?: string; roleArn?: string }, Policies, string]>([
  [
    'a role that may not publish',
    { roleArn: ROLE },
    { trust: ASSUMABLE, topic: ADMITS_EVENTS },
    denied(ROLE, 'sns:Publish', TOPIC, 'identity'),
  ],
  [
    'a role that the rule may not assume',
    { roleArn: ROLE },
    { role: PUBLISHES, trust: allow('sts:AssumeRole', undefined, EVENTS, `${RULE}2`), topic: ADMITS_EVENTS },
    denied(EVENTS, 'sts:AssumeRole', ROLE, 'resource'),
  ],
  [
    'a policy of the topic that admits another rule',
    {},
    { topic: allow('sns:Publish', TOPIC, EVENTS, `${RULE}2`) },
    denied(EVENTS, 'sns:Publish', TOPIC, 'resource'),
  ],
  ['the default policy of a topic, for a rule', {}, {}, denied(EVENTS, 'sns:Publish', TOPIC, 'resource')],
  [
    'a policy of the topic that does not admit alarms',
    { service: ALARMS },
    { topic: ADMITS_EVENTS },
    denied(ALARMS, 'sns:Publish', TOPIC, 'resource'),
  ],
])('keeps a message that is refused by %s', (_, message, policies, reason) => {
  expect(publish(message, policies)).toEqual({ messages: [], reasons: [reason] });
});

requiresEvaluator(it)('keeps a message for an unknown topic', () => {
  const publisher = new ServicePublisher(new Topics(() => 0));
  const message = { service: EVENTS, sourceArn: RULE, topicArn: TOPIC, message: 'text', publishedAt: 42 };
  publisher.publish(message);

  expect(publisher.refused).toEqual([{ ...message, reason: 'Topic does not exist' }]);
});
