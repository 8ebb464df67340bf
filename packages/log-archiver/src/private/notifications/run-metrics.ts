import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/** Namespace of the metrics of archivers. */
export const METRIC_NAMESPACE = 'LogArchiver';

/** Metric that the planner writes to its log, in CloudWatch's embedded metric format, in every run. */
export type RunMetricName = 'OldestIncompleteHours' | 'LogGroupsAtRisk' | 'Losses';

/** Returns a metric of the planner. Statistic: maximum over five minutes, by default. */
export function createRunMetric(
  { stateMachineName }: StateMachine,
  metricName: RunMetricName,
  options?: MetricOptions,
): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { StateMachine: stateMachineName },
    statistic: 'Maximum',
    ...options,
  });
}
