import { EventBus } from '../../src/events/event-bus';
import { ServicePublisher } from '../../src/sns/service-publisher';
import { Topics } from '../../src/sns/topics';

const TOPIC = 'arn:aws:sns:ap-northeast-1:123456789012:operators';
const RULE = {
  ruleArn: 'arn:aws:events:ap-northeast-1:123456789012:rule/failed',
  pattern: { detail: { status: ['FAILED'] } },
  targets: [
    { topicArn: TOPIC, Input: 'first' },
    { topicArn: TOPIC, Input: 'second' },
  ],
};
const EVENT = {
  ...{ source: 'aws.states', 'detail-type': 'Change', account: '123456789012', time: '2026-11-01T18:00:00Z' },
  ...{ region: 'ap-northeast-1', resources: [] },
};

function createBus() {
  const topics = new Topics(() => 0);
  topics.create(TOPIC);
  return { topics, bus: new EventBus(new ServicePublisher(topics)) };
}

it('publishes to each topic of a rule whose pattern matches', () => {
  const { topics, bus } = createBus();
  bus.addRule(RULE);
  bus.put({ ...EVENT, detail: { status: 'SUCCEEDED' } });
  bus.put({ ...EVENT, detail: { status: 'FAILED' } });

  const publishedAt = Date.parse(EVENT.time);
  expect(topics.messages).toEqual([
    { topicArn: TOPIC, message: 'first', publishedAt },
    { topicArn: TOPIC, message: 'second', publishedAt },
  ]);
});

it('is watched once it has a rule', () => {
  const { bus } = createBus();
  const before = bus.isWatched;
  bus.addRule(RULE);

  expect([before, bus.isWatched]).toEqual([false, true]);
});
