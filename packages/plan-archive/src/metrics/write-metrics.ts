import type { Clients } from '@log-archiver/aws-clients/create-clients';
import {
  type ArchiveExecution,
  getStateMachineName,
  METRIC_DIMENSION,
  METRIC_NAMESPACE,
  type RunMetrics,
} from '@log-archiver/core';

const UNITS: Record<keyof RunMetrics, string> = {
  OldestIncompleteHours: 'None',
  Backlog: 'Count',
  LogGroupsAtRisk: 'Count',
  Losses: 'Count',
  ArchivedBytes: 'Bytes',
  SlotUse: 'Percent',
  SlotWaitSeconds: 'Seconds',
};

/**
 * Writes metrics as a line of the log, from which CloudWatch Logs creates them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function writeMetrics(
  metrics: Partial<RunMetrics>,
  execution: Pick<ArchiveExecution, 'stateMachineArn'>,
  { log }: Pick<Clients, 'log'>,
  now: number,
): void {
  const definitions = Object.keys(metrics).map((name) => ({ Name: name, Unit: UNITS[name as keyof RunMetrics] }));
  const directive = { Namespace: METRIC_NAMESPACE, Dimensions: [[METRIC_DIMENSION]], Metrics: definitions };
  const dimension = { [METRIC_DIMENSION]: getStateMachineName(execution) };
  log(JSON.stringify({ _aws: { Timestamp: now, CloudWatchMetrics: [directive] }, ...dimension, ...metrics }));
}
