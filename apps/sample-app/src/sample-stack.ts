import { Stack, type StackProps, TimeZone } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Frequency, LogArchiver } from 'cdk-log-archiver';
import type { Construct } from 'constructs';

export interface SampleStackProps extends StackProps {
  /** @default TimeZone.ASIA_TOKYO */
  readonly timeZone?: TimeZone;
  /** @default Frequency.MONTHLY */
  readonly frequency?: Frequency;
  /** Log groups that something else has made. @default - one of a Lambda function */
  readonly logGroupNames?: string[];
}

export class SampleStack extends Stack {
  public readonly archiver: LogArchiver;

  constructor(scope: Construct, id: string, props: SampleStackProps = {}) {
    super(scope, id, props);
    const { logGroupNames = ['/aws/lambda/checkout'] } = props;
    const orders = new LogGroup(this, 'Orders', { logGroupName: '/shop/orders', retention: RetentionDays.SIX_MONTHS });
    const payments = new LogGroup(this, 'Payments', { logGroupName: '/shop/payments' });
    const imported = logGroupNames.map((name) => LogGroup.fromLogGroupName(this, `Imported${name}`, name));

    this.archiver = new LogArchiver(this, 'LogArchiver', {
      logGroups: [orders, ...imported],
      timeZone: props.timeZone ?? TimeZone.ASIA_TOKYO,
      frequency: props.frequency ?? Frequency.MONTHLY,
    });
    this.archiver.addLogGroup(payments, { s3Prefix: 'payments' });
  }
}
