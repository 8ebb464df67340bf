import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, ObjectLockRetention, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, ArchiveRetention, ArchiveTable, ArchiveVerifier, Granularity, LogGroupSelection } from '../src';
import { importLogGroups, newArchiver, newStack, TOKYO } from './archiver-stack';

type FeatureFlags = Record<string, unknown>;

const OWNER = { ...TOKYO, account: '999999999999' };

/** Creates an archiver with every property, and a dashboard. */
function createFullArchiver(context?: FeatureFlags): Stack {
  const stack = newStack({ env: TOKYO }, context);
  const { byPrefix, byPattern, byTag, all } = LogGroupSelection;
  const archiver = newArchiver(stack, {
    selections: [byPrefix('/a/'), byPattern('prod'), byTag('team', 'a'), all().excluding(byTag('archive', 'no'))],
    keyPrefix: 'logs',
    granularity: Granularity.DAILY,
    encryptionKey: new Key(stack, 'Key'),
    notificationTopic: new Topic(stack, 'Topic', { masterKey: new Key(stack, 'TopicKey') }),
  });
  archiver.onFailed('OnFailed', { description: 'a failed run' });
  new Dashboard(stack, 'Dashboard', { widgets: [archiver.dashboardWidgets()] });
  return stack;
}

/** Creates an archive bucket with every property, its verifier, its table, and an archiver of another account. */
function createSharedArchive(context?: FeatureFlags): Stack {
  const stack = newStack({ env: TOKYO }, context);
  const owner = new Stack(stack.node.root, 'Owner', { env: OWNER });
  const retention = ArchiveRetention.years(7, {
    transitions: [{ storageClass: StorageClass.GLACIER, transitionAfter: Duration.days(30) }],
  });
  const { bucket } = new ArchiveBucket(owner, 'Archive', {
    sourceAccounts: [TOKYO.account],
    organizationId: 'o-abcdefghij',
    encryptionKey: new Key(owner, 'Key'),
    objectLock: ObjectLockRetention.governance(retention.duration),
    retention,
    serverAccessLogsBucket: new Bucket(owner, 'AccessLogs'),
  });
  new ArchiveVerifier(owner, 'Verifier', {
    bucket,
    expect: [TOKYO],
    otherBuckets: [Bucket.fromBucketName(owner, 'Other', 'log-archive-999999999999-ap-northeast-3')],
    notificationTopic: new Topic(owner, 'Topic'),
  });
  new ArchiveTable(owner, 'Table', { bucket, encryptionKey: new Key(owner, 'ResultsKey') });
  newArchiver(stack, { bucket });
  return stack;
}

/** Creates an archiver with so many log groups that their permissions need managed policies. */
function createManyLogGroups(context?: FeatureFlags): Stack {
  const stack = newStack({}, context);
  const names = Array.from({ length: 30 }, (_, i) => `/${i}`.padEnd(512, 'x'));
  newArchiver(stack, { logGroups: importLogGroups(stack, ...names) });
  return stack;
}

/** Creates an archiver that publishes to a topic of another account. */
function createSharedTopic(context?: FeatureFlags): Stack {
  const stack = newStack({ env: TOKYO }, context);
  const owner = new Stack(stack.node.root, 'Owner', { env: OWNER });
  newArchiver(stack, { notificationTopic: new Topic(owner, 'Topic', { topicName: 'operators' }) });
  return stack;
}

function createMinimalArchiver(context?: FeatureFlags): Stack {
  const stack = newStack({}, context);
  newArchiver(stack);
  return stack;
}

/** Stacks with every property of the constructs. Each function creates one in an app of its own, some with a second stack. */
export const KINDS_OF_STACKS: [kind: string, create: (context?: FeatureFlags) => Stack][] = [
  ['a minimal archiver', createMinimalArchiver],
  ['an archiver with every property', createFullArchiver],
  ['an archive bucket of another account', createSharedArchive],
  ['many log groups', createManyLogGroups],
  ['a topic of another account', createSharedTopic],
];
