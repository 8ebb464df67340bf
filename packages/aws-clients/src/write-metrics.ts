import { METRIC_DIMENSION, METRIC_NAMESPACE, type RunMetrics, type VerificationMetrics } from '@log-archiver/core';

type Metrics = RunMetrics & VerificationMetrics;

const UNITS: Record<keyof Metrics, string> = {
  OldestIncompleteHours: 'None',
  Backlog: 'Count',
  LogGroupsAtRisk: 'Count',
  Losses: 'Count',
  ArchivedBytes: 'Bytes',
  SlotUse: 'Percent',
  SlotWaitSeconds: 'Seconds',
  VerificationFaults: 'Count',
};

/**
 * Writes metrics of a state machine as a line of the log, from which CloudWatch Logs creates them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function writeMetrics(
  metrics: Partial<Metrics>,
  stateMachineName: string,
  { log }: { log: (line: string) => void },
  now: number,
): void {
  const definitions = Object.keys(metrics).map((name) => ({ Name: name, Unit: UNITS[name as keyof Metrics] }));
  const directive = { Namespace: METRIC_NAMESPACE, Dimensions: [[METRIC_DIMENSION]], Metrics: definitions };
  const dimension = { [METRIC_DIMENSION]: stateMachineName };
  log(JSON.stringify({ _aws: { Timestamp: now, CloudWatchMetrics: [directive] }, ...dimension, ...metrics }));
}
