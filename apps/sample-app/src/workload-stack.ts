import { Stack, type StackProps, TimeZone } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Granularity, LogArchiver } from 'cdk-log-archiver';
import type { Construct } from 'constructs';

export interface WorkloadStackProps extends StackProps {
  /** Archive bucket of this Region. @default - a bucket in this stack */
  readonly bucket?: IBucket;
  /** @default TimeZone.ASIA_TOKYO */
  readonly timeZone?: TimeZone;
  /** @default Granularity.MONTHLY */
  readonly granularity?: Granularity;
  /** Names of log groups to import. @default - the log group of a Lambda function */
  readonly logGroupNames?: string[];
}

/** A workload with log groups in one account and Region, and its archiver. */
export class WorkloadStack extends Stack {
  public readonly archiver: LogArchiver;

  constructor(scope: Construct, id: string, props: WorkloadStackProps = {}) {
    super(scope, id, props);
    const { logGroupNames = ['/aws/lambda/checkout'] } = props;
    const orders = new LogGroup(this, 'Orders', { logGroupName: '/shop/orders', retention: RetentionDays.SIX_MONTHS });
    const payments = new LogGroup(this, 'Payments', { logGroupName: '/shop/payments' });
    const imported = logGroupNames.map((name) => LogGroup.fromLogGroupName(this, `Imported${name}`, name));

    this.archiver = new LogArchiver(this, 'LogArchiver', {
      logGroups: [orders, ...imported],
      bucket: props.bucket,
      timeZone: props.timeZone ?? TimeZone.ASIA_TOKYO,
      granularity: props.granularity ?? Granularity.MONTHLY,
    });
    this.archiver.addLogGroup(payments, { s3Prefix: 'payments' });
  }
}
