import { createAlarmMessages } from '../../src/cloudwatch/alarm-message';

const TOPIC = 'arn:aws:sns:ap-northeast-1:123456789012:operators';
const CHANGE: Parameters<typeof createAlarmMessages>[0] = {
  alarm: {
    alarmName: 'Errors',
    alarmArn: 'arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:Errors',
    description: 'Too many errors.',
    ...{ statistic: 'Sum', periodSeconds: 60, threshold: 1, comparisonOperator: 'GreaterThanOrEqualToThreshold' },
    ...{ evaluationPeriods: 1, datapointsToAlarm: 1, treatMissingData: 'missing' },
    actions: { OK: [], ALARM: [TOPIC, 'arn:aws:lambda:ap-northeast-1:123456789012:function:a'], INSUFFICIENT_DATA: [] },
  },
  ...{ from: 'OK', to: 'ALARM', reason: 'Threshold Crossed.', at: Date.parse('2026-11-01T18:01:00Z') },
};

it('is for each topic of the new state, in the format of CloudWatch', () => {
  const [message, ...more] = createAlarmMessages(CHANGE);

  expect(more).toEqual([]);
  expect(message).toEqual({
    service: 'cloudwatch.amazonaws.com',
    sourceArn: CHANGE.alarm.alarmArn,
    topicArn: TOPIC,
    subject: 'ALARM: "Errors" in ap-northeast-1',
    message: expect.any(String),
    publishedAt: CHANGE.at,
  });
  expect(JSON.parse(String(message?.message))).toEqual({
    AlarmName: 'Errors',
    AlarmDescription: 'Too many errors.',
    AWSAccountId: '123456789012',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed.',
    StateChangeTime: '2026-11-01T18:01:00.000Z',
    Region: 'ap-northeast-1',
    AlarmArn: CHANGE.alarm.alarmArn,
    OldStateValue: 'OK',
  });
});

it('does not exist without an action for the new state', () => {
  expect(createAlarmMessages({ ...CHANGE, to: 'OK' })).toEqual([]);
});

it('has a subject of at most 99 characters, the limit of SNS', () => {
  const alarm = { ...CHANGE.alarm, alarmName: 'x'.repeat(255) };

  expect(createAlarmMessages({ ...CHANGE, alarm })[0]?.subject).toBe(`ALARM: "${'x'.repeat(91)}`);
});
