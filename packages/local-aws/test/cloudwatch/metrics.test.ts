import { Metrics } from '../../src/cloudwatch/metrics';

const ERRORS = { namespace: 'Shop', metricName: 'Errors', dimensions: { Shop: 'a', Stage: 'prod' } };

function createMetrics(...samples: [timestamp: number, value: number][]) {
  const metrics = new Metrics(() => 50);
  for (const [timestamp, value] of samples) {
    metrics.put({ ...ERRORS, timestamp, value });
  }
  return metrics;
}

it('stores when it received a value', () => {
  expect(createMetrics([10, 2]).find(ERRORS).samples).toEqual([{ timestamp: 10, value: 2, receivedAt: 50 }]);
});

it('keeps metrics apart by namespace, name and dimensions, in any order of the dimensions', () => {
  const metrics = createMetrics([10, 2]);

  expect(metrics.list({ ...ERRORS, dimensions: { Stage: 'prod', Shop: 'a' } })).toEqual([{ timestamp: 10, value: 2 }]);
  for (const other of [
    { dimensions: { Shop: 'a' } },
    { dimensions: undefined },
    { metricName: 'Calls' },
    { namespace: 'A' },
  ]) {
    expect(metrics.list({ ...ERRORS, ...other })).toEqual([]);
  }
});

it('takes the input of PutMetricData, by default at the present', () => {
  const metrics = createMetrics();
  const Dimensions = [
    { Name: 'Shop', Value: 'a' },
    { Name: 'Stage', Value: 'prod' },
  ];
  metrics.putMetricData({
    Namespace: 'Shop',
    MetricData: [
      { MetricName: 'Errors', Dimensions, Value: 1 },
      { MetricName: 'Errors', Dimensions, Value: 2, Timestamp: '1970-01-01T00:00:00.010Z' },
    ],
  });

  expect(metrics.list(ERRORS)).toEqual([
    { timestamp: 10, value: 2 },
    { timestamp: 50, value: 1 },
  ]);
});
