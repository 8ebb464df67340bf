import type { ServiceMessage } from '../sns/service-publisher';
import type { AlarmStateChange } from './alarm';

/** Returns the messages of an alarm's actions: one for each topic. Other actions are left out. */
export function createAlarmMessages({ alarm, from, to, reason, at }: AlarmStateChange): ServiceMessage[] {
  const { alarmName, alarmArn, description, actions } = alarm;
  const [, , , region, account] = alarmArn.split(':');
  const message = {
    AlarmName: alarmName,
    AlarmDescription: description ?? null,
    AWSAccountId: account,
    NewStateValue: to,
    NewStateReason: reason,
    StateChangeTime: new Date(at).toISOString(),
    Region: region,
    AlarmArn: alarmArn,
    OldStateValue: from,
  };
  return actions[to]
    .filter((arn) => arn.startsWith('arn:aws:sns:'))
    .map((topicArn) => ({
      service: 'cloudwatch.amazonaws.com',
      sourceArn: alarmArn,
      topicArn,
      subject: `${to}: "${alarmName}" in ${region}`.slice(0, 99),
      message: JSON.stringify(message),
      publishedAt: at,
    }));
}
