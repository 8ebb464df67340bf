import { requiresEvaluator } from '@log-archiver/local-aws';
import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { newApp, newArchiver } from '../archiver-stack';
import { createAdministrator, createCase, describeAccess } from './cases/access-cases';
import { getRoleArns } from './cases/archiver-cases';
import { DeployedStack, REGION } from './cases/deployed-stack';

const [ACCOUNT, OWNER, FOREIGN_ACCOUNT] = ['111111111111', '999999999999', '333333333333'];

requiresEvaluator(describe)('a topic of another account', () => {
  const app = newApp();
  const shared = new Stack(app, 'Shared', { env: { account: OWNER, region: REGION } });
  const stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: REGION } });
  const topicName = 'operators';
  newArchiver(stack, { notificationTopic: new Topic(shared, 'Topic', { topicName }) });
  const deployed = new DeployedStack(stack, ACCOUNT);
  const foreigner = createAdministrator(FOREIGN_ACCOUNT);
  const policies = [new DeployedStack(shared, OWNER).policies, deployed.policies, foreigner];
  const publish = (allowed: boolean, who: string, context?: Record<string, string>) =>
    createCase(allowed, who, 'sns:Publish', `arn:aws:sns:${REGION}:${OWNER}:${topicName}`, context);
  const from = (service: string, resource: string, account = ACCOUNT) => ({
    'aws:SourceAccount': account,
    'aws:SourceArn': `arn:aws:${service}:${REGION}:${account}:${resource}`,
  });

  describeAccess(policies, [
    ...Object.entries(getRoleArns(deployed)).map(([name, role]) => publish(name === 'machine', role)),
    publish(true, deployed.arn('AWS::IAM::Role', 'ArchiverNotificationTopicEventsRole')),
    publish(false, foreigner.arn),
    publish(false, 'events.amazonaws.com', from('events', 'rule/Stack-ArchiverWatchStopped')),
    publish(true, 'cloudwatch.amazonaws.com', from('cloudwatch', 'alarm:Stack-ArchiverWatchNoSuccess')),
    publish(false, 'events.amazonaws.com', from('events', 'rule/Stack-ArchiverWatchStopped', FOREIGN_ACCOUNT)),
    publish(false, 'cloudwatch.amazonaws.com', from('cloudwatch', 'alarm:any', FOREIGN_ACCOUNT)),
    publish(false, 'events.amazonaws.com', from('events', 'event-bus/default')),
    publish(false, 'events.amazonaws.com'),
    publish(false, 'cloudwatch.amazonaws.com'),
  ]);
});
