import type { Clients } from '@log-archiver/aws-clients/create-clients';
import type { ArchiveExecution } from '@log-archiver/core';
import type { Lag } from './lag';

/** Metrics of an archiver. Alarms and dashboards use the names. */
export interface Metrics extends Lag {
  /** Number of losses that no earlier run reported. */
  Losses: number;
  /** Size of the objects of the receipts that the run wrote. */
  ArchivedBytes: number;
  /** Share of the run's time in which exports of archivers used the export slot. */
  SlotUse: number;
  /** Time for which foreign tasks held the export slot. */
  SlotWaitSeconds: number;
}

const UNITS: Record<keyof Metrics, string> = {
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
  metrics: Partial<Metrics>,
  { stateMachineArn }: Pick<ArchiveExecution, 'stateMachineArn'>,
  { log }: Pick<Clients, 'log'>,
  now: number,
): void {
  const definitions = Object.keys(metrics).map((name) => ({ Name: name, Unit: UNITS[name as keyof Metrics] }));
  const directive = { Namespace: 'LogArchiver', Dimensions: [['StateMachine']], Metrics: definitions };
  const name = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
  log(JSON.stringify({ _aws: { Timestamp: now, CloudWatchMetrics: [directive] }, StateMachine: name, ...metrics }));
}
