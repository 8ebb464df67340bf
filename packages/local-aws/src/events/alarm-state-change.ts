import type { AlarmStateChange } from '../cloudwatch/alarm';
import { type AwsEvent, createEvent } from './aws-event';

/**
 * Returns the event of the change of an alarm's state.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function createAlarmStateChange({ alarm, from, to, reason, at }: AlarmStateChange): AwsEvent {
  const { alarmName, alarmArn, description } = alarm;
  return createEvent('aws.cloudwatch', 'CloudWatch Alarm State Change', alarmArn, at, {
    alarmName,
    state: { value: to, reason, timestamp: new Date(at).toISOString().replace('Z', '+0000') },
    previousState: { value: from },
    configuration: { description },
  });
}
