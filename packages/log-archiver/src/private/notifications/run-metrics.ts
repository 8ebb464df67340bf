import type { RunMetrics, VerificationMetrics } from '@log-archiver/core';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { METRIC_DIMENSION, METRIC_NAMESPACE } from '../core';

/** Metric that a function writes to its log, in CloudWatch's embedded metric format. */
export type RunMetricName = keyof RunMetrics | keyof VerificationMetrics;

/** Returns a metric of the runs of a state machine. Statistic: maximum over five minutes, by default. */
export function createRunMetric(
  { stateMachineName }: StateMachine,
  metricName: RunMetricName,
  options?: MetricOptions,
): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { [METRIC_DIMENSION]: stateMachineName },
    statistic: 'Maximum',
    ...options,
  });
}
