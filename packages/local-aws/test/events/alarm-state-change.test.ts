import { createAlarmStateChange } from '../../src/events/alarm-state-change';

const ALARM_ARN = 'arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:Errors';

it('has the new and the previous state of the alarm', () => {
  const event = createAlarmStateChange({
    alarm: {
      ...{ alarmName: 'Errors', alarmArn: ALARM_ARN, description: 'Too many.', statistic: 'Sum', periodSeconds: 60 },
      ...{ threshold: 1, comparisonOperator: 'GreaterThanOrEqualToThreshold', evaluationPeriods: 1 },
      ...{ datapointsToAlarm: 1, treatMissingData: 'missing' },
      actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
    },
    ...{ from: 'ALARM', to: 'OK', reason: 'Threshold Crossed.', at: Date.parse('2026-11-01T18:01:00Z') },
  });

  expect(event).toEqual({
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    account: '123456789012',
    time: '2026-11-01T18:01:00Z',
    region: 'ap-northeast-1',
    resources: [ALARM_ARN],
    detail: {
      alarmName: 'Errors',
      state: { value: 'OK', reason: 'Threshold Crossed.', timestamp: '2026-11-01T18:01:00.000+0000' },
      previousState: { value: 'ALARM' },
      configuration: { description: 'Too many.' },
    },
  });
});
