import { Duration } from 'aws-cdk-lib';
import {
  GraphWidget,
  type IWidget,
  type Metric,
  type MetricOptions,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';

/** Metrics of a `LogArchiver`. */
export interface RunMetrics {
  metricSucceeded(options: MetricOptions): Metric;
  metricFailed(options: MetricOptions): Metric;
  metricTimedOut(options: MetricOptions): Metric;
  metricAborted(options: MetricOptions): Metric;
  metricNotStarted(options: MetricOptions): Metric;
  metricTime(options: MetricOptions): Metric;
  metricOldestIncompleteHours(options: MetricOptions): Metric;
  metricLogGroupsAtRisk(options: MetricOptions): Metric;
  metricLosses(options: MetricOptions): Metric;
}

/**
 * Creates two rows of 24 columns: results of the last day, results per day, and duration of the runs; then the progress
 * of the archive on the last day and per day.
 */
export function createRunWidgets(title: string, metrics: RunMetrics): IWidget[] {
  const daily = { period: Duration.days(1) };
  const results = [
    metrics.metricSucceeded({ ...daily, label: 'succeeded' }),
    metrics.metricFailed({ ...daily, label: 'failed' }),
    metrics.metricTimedOut({ ...daily, label: 'timed out' }),
    metrics.metricAborted({ ...daily, label: 'aborted' }),
    metrics.metricNotStarted({ ...daily, label: 'not started' }),
  ];
  const oldest = metrics.metricOldestIncompleteHours({ ...daily, label: 'oldest incomplete period' });
  const atRisk = metrics.metricLogGroupsAtRisk({ ...daily, label: 'log groups at risk' });
  const losses = metrics.metricLosses({ ...daily, label: 'losses' });
  return [
    new SingleValueWidget({ title: `${title}: last day`, width: 8, height: 6, metrics: results }),
    new GraphWidget({ title: `${title}: runs per day`, width: 8, height: 6, left: results, leftYAxis: { min: 0 } }),
    new GraphWidget({
      title: `${title}: duration of a run`,
      width: 8,
      height: 6,
      left: [metrics.metricTime({ ...daily, statistic: 'Maximum', label: 'longest' })],
      leftYAxis: { min: 0, label: 'milliseconds', showUnits: false },
    }),
    new SingleValueWidget({
      title: `${title}: archive, last day`,
      width: 8,
      height: 6,
      metrics: [oldest, atRisk, losses],
    }),
    new GraphWidget({
      title: `${title}: age of the oldest incomplete period`,
      width: 8,
      height: 6,
      left: [oldest],
      leftYAxis: { min: 0, label: 'hours', showUnits: false },
    }),
    new GraphWidget({
      title: `${title}: log groups at risk, losses`,
      width: 8,
      height: 6,
      left: [atRisk, losses],
      leftYAxis: { min: 0 },
    }),
  ];
}
