import { isComparisonOperator } from '../cloudwatch/alarm';
import type { Alarms } from '../cloudwatch/alarms';
import type { TreatMissingData } from '../cloudwatch/judge-datapoints';
import { isStatistic } from '../cloudwatch/metric-series';
import { type Dimension, readDimensions } from '../cloudwatch/metrics';
import { type References, resolve } from '../template/resolve';
import { readResources, type SynthesizedStack } from '../template/synthesized-stack';

interface AlarmProperties {
  AlarmDescription?: string;
  Namespace?: string;
  MetricName?: string;
  Dimensions?: Dimension[];
  Statistic?: string;
  Period?: number;
  Threshold?: number;
  ComparisonOperator: string;
  EvaluationPeriods: number;
  DatapointsToAlarm?: number;
  TreatMissingData?: TreatMissingData;
  ActionsEnabled?: boolean;
  OKActions?: string[];
  AlarmActions?: string[];
  InsufficientDataActions?: string[];
}

/** Creates the alarms of a stack. */
export function createAlarms(stack: SynthesizedStack, references: References, alarms: Alarms) {
  for (const [logicalId, unresolved] of readResources(stack, 'AWS::CloudWatch::Alarm')) {
    const properties = resolve(unresolved, references) as AlarmProperties;
    const { Namespace, MetricName, Dimensions = [], Statistic, Period, Threshold, ComparisonOperator } = properties;
    if (Namespace === undefined || MetricName === undefined || Period === undefined || Threshold === undefined) {
      throw new Error(
        `${logicalId} must have Namespace, MetricName, Period and Threshold: metric math, Metrics Insights and anomaly detection are not supported; got ${JSON.stringify(properties)}`,
      );
    }
    if (!isStatistic(Statistic)) {
      throw new Error(
        `Statistic of ${logicalId} must be SampleCount, Sum, Average, Minimum or Maximum, got ${Statistic}`,
      );
    }
    if (!isComparisonOperator(ComparisonOperator)) {
      throw new Error(
        `ComparisonOperator of ${logicalId} must compare with a fixed threshold, got ${ComparisonOperator}`,
      );
    }
    const { AlarmDescription, EvaluationPeriods, ActionsEnabled = true } = properties;
    const { OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = properties;
    const actions = { OK: OKActions, ALARM: AlarmActions, INSUFFICIENT_DATA: InsufficientDataActions };
    alarms.create(
      { namespace: Namespace, metricName: MetricName, dimensions: readDimensions(Dimensions) },
      {
        alarmName: references.ref(logicalId),
        alarmArn: references.getAtt(logicalId, 'Arn'),
        description: AlarmDescription,
        statistic: Statistic,
        periodSeconds: Period,
        threshold: Threshold,
        comparisonOperator: ComparisonOperator,
        evaluationPeriods: EvaluationPeriods,
        datapointsToAlarm: properties.DatapointsToAlarm ?? EvaluationPeriods,
        treatMissingData: properties.TreatMissingData ?? 'missing',
        actions: ActionsEnabled ? actions : { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
      },
    );
  }
}
