import type { LogMetrics } from '../cloudwatch/log-metrics';
import { type References, resolve } from '../template/resolve';
import { readResources, type SynthesizedStack } from '../template/synthesized-stack';

interface MetricFilterProperties {
  LogGroupName: string;
  FilterPattern: string;
  MetricTransformations: {
    MetricNamespace: string;
    MetricName: string;
    MetricValue: string;
    DefaultValue?: number;
    Dimensions?: unknown;
  }[];
}

/** Creates the metric filters of a stack. */
export function createMetricFilters(stack: SynthesizedStack, references: References, logMetrics: LogMetrics) {
  for (const [logicalId, properties] of readResources(stack, 'AWS::Logs::MetricFilter')) {
    const { LogGroupName, FilterPattern, MetricTransformations } = resolve(
      properties,
      references,
    ) as MetricFilterProperties;
    for (const { MetricNamespace, MetricName, MetricValue, DefaultValue, Dimensions } of MetricTransformations) {
      const value = Number(MetricValue);
      if (Number.isNaN(value) || DefaultValue !== undefined || Dimensions !== undefined) {
        throw new Error(
          `MetricTransformations of ${logicalId} must have a number as MetricValue, and neither DefaultValue nor Dimensions, got ${JSON.stringify(MetricTransformations)}`,
        );
      }
      logMetrics.addFilter({
        logGroupName: LogGroupName,
        filterPattern: FilterPattern,
        namespace: MetricNamespace,
        metricName: MetricName,
        value,
      });
    }
  }
}
