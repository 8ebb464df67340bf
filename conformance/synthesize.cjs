/** Synthesizes stacks with every property of the constructs into a folder: `node conformance/synthesize.cjs FOLDER`. */
const { App, Duration, Stack } = require('aws-cdk-lib');
const { Dashboard } = require('aws-cdk-lib/aws-cloudwatch');
const { Key } = require('aws-cdk-lib/aws-kms');
const { Bucket, ObjectLockRetention, StorageClass } = require('aws-cdk-lib/aws-s3');
const { Topic } = require('aws-cdk-lib/aws-sns');
const recommendedFeatureFlags = require('aws-cdk-lib/recommended-feature-flags.json');
const {
  ArchiveBucket,
  ArchiveRetention,
  ArchiveTable,
  ArchiveVerifier,
  Granularity,
  LogArchiver,
  LogGroupSelection,
} = require('cdk-log-archiver');

const SOURCE = { account: '111111111111', region: 'ap-northeast-1' };
const OWNER = { account: '999999999999', region: 'ap-northeast-1' };

const app = new App({ outdir: process.argv[2], context: recommendedFeatureFlags });

new LogArchiver(new Stack(app, 'Minimal'), 'LogArchiver', { selections: [LogGroupSelection.all()] });

const full = new Stack(app, 'Full', { env: SOURCE });
const { byPrefix, byPattern, byTag, all } = LogGroupSelection;
const archiver = new LogArchiver(full, 'LogArchiver', {
  selections: [byPrefix('/a/'), byPattern('prod'), byTag('team', 'a'), all().excluding(byTag('archive', 'no'))],
  keyPrefix: 'logs',
  granularity: Granularity.DAILY,
  encryptionKey: new Key(full, 'Key'),
  notificationTopic: new Topic(full, 'Topic', { masterKey: new Key(full, 'TopicKey') }),
});
archiver.onFailed('OnFailed', { description: 'a failed run' });
new Dashboard(full, 'Dashboard', { widgets: [archiver.dashboardWidgets()] });

const owner = new Stack(app, 'Owner', { env: OWNER });
const retention = ArchiveRetention.years(7, {
  transitions: [{ storageClass: StorageClass.GLACIER, transitionAfter: Duration.days(30) }],
});
const { bucket } = new ArchiveBucket(owner, 'Archive', {
  sourceAccounts: [SOURCE.account],
  organizationId: 'o-abcdefghij',
  encryptionKey: new Key(owner, 'Key'),
  objectLock: ObjectLockRetention.governance(retention.duration),
  retention,
  serverAccessLogsBucket: new Bucket(owner, 'AccessLogs'),
});
new ArchiveVerifier(owner, 'Verifier', {
  bucket,
  expect: [SOURCE],
  otherBuckets: [Bucket.fromBucketName(owner, 'Other', 'log-archive-999999999999-ap-northeast-3')],
  notificationTopic: new Topic(owner, 'Topic'),
});
new ArchiveTable(owner, 'Table', { bucket, encryptionKey: new Key(owner, 'ResultsKey') });
new LogArchiver(new Stack(app, 'IntoSharedBucket', { env: SOURCE }), 'LogArchiver', {
  selections: [LogGroupSelection.all()],
  bucket,
});

app.synth();
