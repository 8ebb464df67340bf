import { LogMetrics } from '../../src/cloudwatch/log-metrics';
import { Metrics } from '../../src/cloudwatch/metrics';

const FILTER = { logGroupName: '/shop', namespace: 'Shop', metricName: 'Errors', value: 2 };

function readLines(filterPattern: string, ...lines: string[]) {
  const metrics = new Metrics(() => 0);
  const logMetrics = new LogMetrics(metrics);
  logMetrics.addFilter({ ...FILTER, filterPattern });
  lines.forEach((line, index) => {
    logMetrics.read({ logGroupName: '/shop', line, writtenAt: index });
    logMetrics.read({ logGroupName: '/other', line, writtenAt: index });
  });
  return { metrics, logMetrics };
}

it.each([
  ['for JSON', '{ $.level = "ERROR" }'],
  ['for text', 'ERROR'],
])('puts the value of a metric filter for each matching line of its log group: a pattern %s', (_, pattern) => {
  const { metrics } = readLines(pattern, '{"level":"ERROR"}', '{"level":"INFO"}', '{text', '{"level":"ERROR"}');

  expect(metrics.list(FILTER)).toEqual([
    { timestamp: 0, value: 2 },
    { timestamp: 3, value: 2 },
  ]);
});

it('puts the embedded metrics of any log group', () => {
  const directive = { Namespace: 'Shop', Dimensions: [[]], Metrics: [{ Name: 'Sold' }] };
  const line = JSON.stringify({ _aws: { Timestamp: 7, CloudWatchMetrics: [directive] }, Sold: 1 });
  const metrics = new Metrics(() => 0);
  new LogMetrics(metrics).read({ logGroupName: '/any', line, writtenAt: 9 });

  expect(metrics.list({ namespace: 'Shop', metricName: 'Sold' })).toEqual([{ timestamp: 7, value: 1 }]);
});

it('knows the log groups that have a filter', () => {
  const { logMetrics } = readLines('ERROR');

  expect([logMetrics.isFiltered('/shop'), logMetrics.isFiltered('/other')]).toEqual([true, false]);
});
