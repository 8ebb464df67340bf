import type { AlarmProps, AlarmStateChange } from '../../src/cloudwatch/alarm';
import { Alarms } from '../../src/cloudwatch/alarms';
import { Metrics } from '../../src/cloudwatch/metrics';
import { VirtualClock } from '../../src/time/virtual-clock';

const ERRORS = { namespace: 'Shop', metricName: 'Errors' };
const PROPS: AlarmProps = {
  ...{ alarmName: 'Errors', alarmArn: 'arn', statistic: 'Sum', periodSeconds: 60, threshold: 1 },
  ...{ comparisonOperator: 'GreaterThanOrEqualToThreshold', evaluationPeriods: 1, datapointsToAlarm: 1 },
  treatMissingData: 'notBreaching',
  actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
};

function createAlarms() {
  const clock = new VirtualClock('2026-11-01T18:00:30Z');
  const metrics = new Metrics(clock.now);
  const changes: AlarmStateChange[] = [];
  const alarms = new Alarms(metrics, clock.now, (change) => changes.push(change));
  const listChanges = () => changes.map(({ alarm, to, at }) => [alarm.alarmName, to, new Date(at).toISOString()]);
  const putError = () => metrics.put({ ...ERRORS, timestamp: clock.now(), value: 1 });
  return { alarms, clock, listChanges, putError };
}

it('evaluates alarms at every minute since the last evaluation, in the order of time', async () => {
  const { alarms, clock, listChanges, putError } = createAlarms();
  alarms.create(ERRORS, PROPS);
  alarms.create(ERRORS, { ...PROPS, alarmName: 'Same' });
  expect(alarms.evaluate()).toEqual({ Errors: 'INSUFFICIENT_DATA', Same: 'INSUFFICIENT_DATA' });
  await clock.moveTo('2026-11-01T18:05:30Z');
  putError();
  await clock.moveTo('2026-11-01T18:20:00Z');

  expect(alarms.evaluate()).toEqual({ Errors: 'OK', Same: 'OK' });
  expect(listChanges()).toEqual(
    [
      ['OK', '2026-11-01T18:01:00.000Z'],
      ['ALARM', '2026-11-01T18:06:00.000Z'],
      ['OK', '2026-11-01T18:09:00.000Z'],
    ].flatMap(([to, at]) => ['Errors', 'Same'].map((name) => [name, to, at])),
  );
});

it('evaluates each minute once', async () => {
  const { alarms, clock, listChanges, putError } = createAlarms();
  alarms.create(ERRORS, PROPS);
  await clock.moveTo('2026-11-01T18:01:00Z');
  alarms.evaluate();
  putError();

  expect(alarms.evaluate()).toEqual({ Errors: 'OK' });
  expect(listChanges()).toEqual([['Errors', 'OK', '2026-11-01T18:01:00.000Z']]);
});

it('does not evaluate an alarm before it was created', async () => {
  const { alarms, clock, listChanges } = createAlarms();
  await clock.moveTo('2026-11-01T19:00:30Z');
  alarms.create(ERRORS, PROPS);
  await clock.moveTo('2026-11-01T19:01:00Z');
  alarms.evaluate();

  expect(listChanges()).toEqual([['Errors', 'OK', '2026-11-01T19:01:00.000Z']]);
});
