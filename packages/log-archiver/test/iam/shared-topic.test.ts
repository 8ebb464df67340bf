import { App, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { newArchiver } from '../archiver-stack';
import { administratorOf, asking, itDecides } from './access-cases';
import { rolesOf } from './archiver-cases';
import { DeployedStack, REGION } from './deployed-stack';

const [ACCOUNT, OWNER, STRANGER] = ['111111111111', '999999999999', '333333333333'];

describe('of a topic of another account, AWS', () => {
  const app = new App();
  const shared = new Stack(app, 'Shared', { env: { account: OWNER, region: REGION } });
  const stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: REGION } });
  const topicName = 'operators';
  newArchiver(stack, { notificationTopic: new Topic(shared, 'Topic', { topicName }) });
  const deployed = new DeployedStack(stack, ACCOUNT);
  const stranger = administratorOf(STRANGER);
  const policies = [new DeployedStack(shared, OWNER).policies, deployed.policies, stranger];
  const publish = (allowed: boolean, who: string, context?: Record<string, string>) =>
    asking(allowed, who, 'sns:Publish', `arn:aws:sns:${REGION}:${OWNER}:${topicName}`, context);
  const from = (service: string, what: string, account = ACCOUNT) => ({
    'aws:SourceAccount': account,
    'aws:SourceArn': `arn:aws:${service}:${REGION}:${account}:${what}`,
  });

  itDecides(policies, [
    ...Object.entries(rolesOf(deployed)).map(([name, role]) => publish(name === 'machine', role)),
    publish(true, deployed.arn('AWS::IAM::Role', 'ArchiverNotificationTopicEventsRole')),
    publish(false, stranger.arn),
    publish(false, 'events.amazonaws.com', from('events', 'rule/Stack-ArchiverWatchStopped')),
    publish(true, 'cloudwatch.amazonaws.com', from('cloudwatch', 'alarm:Stack-ArchiverWatchNoSuccess')),
    publish(false, 'events.amazonaws.com', from('events', 'rule/Stack-ArchiverWatchStopped', STRANGER)),
    publish(false, 'cloudwatch.amazonaws.com', from('cloudwatch', 'alarm:any', STRANGER)),
    publish(false, 'events.amazonaws.com', from('events', 'event-bus/default')),
    publish(false, 'events.amazonaws.com'),
    publish(false, 'cloudwatch.amazonaws.com'),
  ]);
});
