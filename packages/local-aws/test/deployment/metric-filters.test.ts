import { LocalAws } from '../../src';
import { createMetricFilters } from '../../src/deployment/metric-filters';
import { findReferences } from '../../src/template/references';

const TRANSFORMATION = { MetricNamespace: 'Shop', MetricName: 'Errors', MetricValue: '1' };

function createFilter(transformation: object) {
  const aws = new LocalAws({ now: 42 });
  const Properties = {
    LogGroupName: { Ref: 'Log' },
    FilterPattern: 'ERROR',
    MetricTransformations: [transformation],
  };
  const Resources = { Log: { Type: 'AWS::Logs::LogGroup' }, Filter: { Type: 'AWS::Logs::MetricFilter', Properties } };
  const stack = { stackName: 'Shop', template: { Resources }, assetDirectory: 'none' };
  createMetricFilters(stack, findReferences(stack, aws), aws.logMetrics);
  return aws;
}

it('puts the metric of a deployed filter', () => {
  const aws = createFilter(TRANSFORMATION);
  aws.logMetrics.read({ logGroupName: 'Shop-Log', line: 'ERROR: no', writtenAt: 42 });

  expect(aws.metrics.list({ namespace: 'Shop', metricName: 'Errors' })).toEqual([{ timestamp: 42, value: 1 }]);
});

it.each([
  ['a value from the line', { MetricValue: '$.bytes' }],
  ['a default value', { DefaultValue: 0 }],
  ['dimensions', { Dimensions: [{ Key: 'Stage', Value: '$.stage' }] }],
])('rejects %s', (_, change) => {
  const transformation = { ...TRANSFORMATION, ...change };

  expect(() => createFilter(transformation)).toThrow(
    `MetricTransformations of Filter must have a number as MetricValue, and neither DefaultValue nor Dimensions, got ${JSON.stringify([transformation])}`,
  );
});
