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
}

/** Creates a row of 24 columns: results of the last day, results per day, and duration of the runs. */
export function createRunWidgets(title: string, metrics: RunMetrics): IWidget[] {
  const daily = { period: Duration.days(1) };
  const results = [
    metrics.metricSucceeded({ ...daily, label: 'succeeded' }),
    metrics.metricFailed({ ...daily, label: 'failed' }),
    metrics.metricTimedOut({ ...daily, label: 'timed out' }),
    metrics.metricAborted({ ...daily, label: 'aborted' }),
    metrics.metricNotStarted({ ...daily, label: 'not started' }),
  ];
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
  ];
}
