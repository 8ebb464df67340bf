import { Alarm, type AlarmProps } from '../../src/cloudwatch/alarm';
import { MetricSeries } from '../../src/cloudwatch/metric-series';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ALARM: AlarmProps = {
  alarmName: 'Errors',
  alarmArn: 'arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:Errors',
  statistic: 'Sum',
  periodSeconds: 300,
  threshold: 2,
  comparisonOperator: 'GreaterThanOrEqualToThreshold',
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  treatMissingData: 'ignore',
  actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
};

function createAlarm(props: Partial<AlarmProps>, ...samples: [timestamp: number, value: number][]) {
  const series = new MetricSeries();
  for (const [timestamp, value] of samples) {
    series.add({ timestamp, value, receivedAt: timestamp });
  }
  return new Alarm({ ...ALARM, ...props }, series);
}

it('starts with INSUFFICIENT_DATA', () => {
  expect(createAlarm({}).state).toBe('INSUFFICIENT_DATA');
});

it('returns the change of its state with a reason, once', () => {
  const alarm = createAlarm({}, [0, 1], [MINUTE_MS, 1]);
  const at = 2 * MINUTE_MS;

  expect(alarm.evaluate(at)).toEqual({
    alarm: ALARM,
    from: 'INSUFFICIENT_DATA',
    to: 'ALARM',
    reason: 'Threshold Crossed: the datapoints [2] were greater than or equal to the threshold (2).',
    at,
  });
  expect(alarm.state).toBe('ALARM');
  expect(alarm.evaluate(at)).toBeUndefined();
});

it.each([
  ['missing', undefined],
  ['notBreaching', 'Threshold Crossed: no datapoints were received for 1 periods.'],
  ['breaching', 'Threshold Crossed: no datapoints were received for 1 periods.'],
] as const)('gives the reason for a change without data: %s', (treatMissingData, reason) => {
  expect(createAlarm({ treatMissingData }).evaluate(MINUTE_MS)?.reason).toBe(reason);
});

it('gives the reason for missing data', () => {
  const alarm = createAlarm({ treatMissingData: 'missing' }, [0, 1]);
  alarm.evaluate(MINUTE_MS);

  expect(alarm.evaluate(HOUR_MS)).toMatchObject({
    from: 'OK',
    to: 'INSUFFICIENT_DATA',
    reason: 'Insufficient Data: 1 datapoints were unknown.',
  });
});

it.each([
  ['GreaterThanOrEqualToThreshold', ['OK', 'ALARM', 'ALARM']],
  ['GreaterThanThreshold', ['OK', 'OK', 'ALARM']],
  ['LessThanThreshold', ['ALARM', 'OK', 'OK']],
  ['LessThanOrEqualToThreshold', ['ALARM', 'ALARM', 'OK']],
] as const)('compares 1, 2 and 3 with the threshold 2 by %s', (comparisonOperator, expected) => {
  const states = [1, 2, 3].map((value) => {
    const alarm = createAlarm({ comparisonOperator }, [0, value]);
    alarm.evaluate(MINUTE_MS);
    return alarm.state;
  });

  expect(states).toEqual(expected);
});

it('has periods that end at the minute of the evaluation', () => {
  const alarm = createAlarm({}, [4 * MINUTE_MS, 1], [6 * MINUTE_MS, 1]);
  alarm.evaluate(5 * MINUTE_MS);
  expect(alarm.state).toBe('OK');
  alarm.evaluate(7 * MINUTE_MS);

  expect(alarm.state).toBe('ALARM');
});

it('only sees values that were received by the evaluation', () => {
  const series = new MetricSeries();
  series.add({ timestamp: 0, value: 9, receivedAt: 2 * MINUTE_MS });
  const alarm = new Alarm(ALARM, series);

  expect(alarm.evaluate(MINUTE_MS)).toBeUndefined();
  expect(alarm.evaluate(2 * MINUTE_MS)?.to).toBe('ALARM');
});

it.each([
  ['at every minute if it looks back a day', 1, 5 * MINUTE_MS, 'ALARM'],
  ['not between hours if it looks back more than a day', 2, 5 * MINUTE_MS, 'INSUFFICIENT_DATA'],
  ['at the hour if it looks back more than a day', 2, HOUR_MS, 'ALARM'],
])('is evaluated %s', (_, evaluationPeriods, at, expected) => {
  const alarm = createAlarm({ periodSeconds: 86_400, evaluationPeriods }, [0, 5]);
  alarm.evaluate(at);

  expect(alarm.state).toBe(expected);
});
