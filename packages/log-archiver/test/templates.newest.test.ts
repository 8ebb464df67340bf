import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Duration, Stack } from 'aws-cdk-lib';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, CfnBucket, ObjectLockRetention, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json';
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

/** Returns the rules of CloudFormation that the templates of a stack's app violate. */
function listViolations(stack: Stack): string[] {
  const { directory } = (stack.node.root as App).synth();
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap(({ violations }: { violations: { ruleName: string }[] }) =>
    violations.map(({ ruleName }) => ruleName),
  );
}

const CASES: [string, (context?: FeatureFlags) => Stack][] = [
  ['a minimal archiver', createMinimalArchiver],
  ['an archiver with every property', createFullArchiver],
  ['an archive bucket of another account', createSharedArchive],
  ['many log groups', createManyLogGroups],
  ['a topic of another account', createSharedTopic],
];

/** Returns the type of each resource of a stack's app, by stack and logical id. */
function listResources(stack: Stack): Record<string, string> {
  const { stacks } = (stack.node.root as App).synth();
  const resources = stacks.flatMap(({ stackName, template }) =>
    Object.entries<{ Type: string }>(template.Resources).map(([id, { Type }]) => [`${stackName} ${id}`, Type]),
  );
  // The bucket for access logs is the app's own: a flag gives it a policy.
  return Object.fromEntries(resources.filter(([id]) => !id.startsWith('Owner AccessLogs')));
}

it.each(CASES)('has the same resources with all recommended feature flags as with none: %s', (_, create) => {
  expect(listResources(create(recommendedFeatureFlags))).toEqual(listResources(create()));
});

// The test task disables the validation, because it makes a synthesis five times slower.
describe('the validation of the CDK', () => {
  const { CDK_VALIDATION } = process.env;
  beforeAll(() => {
    delete process.env.CDK_VALIDATION;
  });
  afterAll(() => {
    process.env.CDK_VALIDATION = CDK_VALIDATION;
  });

  it.each(CASES)('finds nothing in the templates of %s', (_, create) => {
    expect(listViolations(create())).toEqual([]);
    expect(listViolations(create(recommendedFeatureFlags))).toEqual([]);
  });

  it('finds an invalid property', () => {
    // The CDK prints the violation.
    jest.spyOn(console, 'error').mockImplementation();
    const stack = newStack();
    new CfnBucket(stack, 'Bucket', { accelerateConfiguration: { accelerationStatus: 'Sometimes' } });
    expect(listViolations(stack)).not.toEqual([]);
  });
});
