import { App, Stack, type StackProps, TimeZone } from 'aws-cdk-lib';
import { type IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { ArchiveBucket, ArchiveRetention, LogArchiver, LogGroupSelection } from 'cdk-log-archiver';
import type { Construct } from 'constructs';

const REGION = 'ap-northeast-1';
const LOG_ARCHIVE_ACCOUNT = '999999999999';
const WORKLOAD_ACCOUNT = '111111111111';

/** The archive bucket. Its objects are locked, and deleted after seven years. */
class LogArchiveStack extends Stack {
  public readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const retention = ArchiveRetention.years(7);
    const archive = new ArchiveBucket(this, 'Archive', {
      sourceAccounts: [WORKLOAD_ACCOUNT],
      objectLock: ObjectLockRetention.governance(retention.duration),
      retention,
    });
    this.bucket = archive.bucket;
  }
}

interface WorkloadStackProps extends StackProps {
  readonly bucket: IBucket;
}

/** The archiver of a workload account. It writes into the archive bucket, and notifies operators. */
class WorkloadStack extends Stack {
  constructor(scope: Construct, id: string, props: WorkloadStackProps) {
    super(scope, id, props);
    const operators = new Topic(this, 'Operators');
    operators.addSubscription(new EmailSubscription('operators@example.com'));
    new LogArchiver(this, 'LogArchiver', {
      selections: [LogGroupSelection.byPrefix('/aws/lambda/').excluding(LogGroupSelection.byTag('archive', 'no'))],
      bucket: props.bucket,
      timeZone: TimeZone.ASIA_TOKYO,
      notificationTopic: operators,
    });
  }
}

const app = new App();
const { bucket } = new LogArchiveStack(app, 'LogArchive', { env: { account: LOG_ARCHIVE_ACCOUNT, region: REGION } });
new WorkloadStack(app, 'Workload', { env: { account: WORKLOAD_ACCOUNT, region: REGION }, bucket });
app.synth();
