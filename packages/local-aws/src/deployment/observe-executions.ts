import { putExecutionMetrics } from '../cloudwatch/execution-metrics';
import { createExecutionStatusChange } from '../events/execution-status-change';
import type { Execution } from '../step-functions/execution';
import { type LogLevel, writeExecutionLog } from '../step-functions/execution-log';
import type { DeploymentTarget } from './deployment-target';

/** `LoggingConfiguration` of a state machine, with all intrinsic functions resolved. */
export interface LoggingConfiguration {
  readonly Level?: LogLevel;
  readonly Destinations?: readonly { readonly CloudWatchLogsLogGroup: { readonly LogGroupArn: string } }[];
}

/** Returns the observer of a state machine's executions, which puts their metrics and events, and writes their logs. */
export function observeExecutions(
  { Level = 'OFF', Destinations = [] }: LoggingConfiguration,
  { metrics, logMetrics, eventBus, clock }: Pick<DeploymentTarget, 'metrics' | 'logMetrics' | 'eventBus' | 'clock'>,
): (execution: Execution) => void {
  // Only metric filters read the logs of executions.
  const logGroupNames = Destinations.map(({ CloudWatchLogsLogGroup: { LogGroupArn } }) =>
    String(LogGroupArn.split(':')[6]),
  ).filter((logGroupName) => logMetrics.isFiltered(logGroupName));
  return (execution) => {
    putExecutionMetrics(metrics, execution);
    if (eventBus.isWatched) {
      eventBus.put(createExecutionStatusChange(execution));
      void execution.result.then((result) => eventBus.put(createExecutionStatusChange(execution, result)));
    }
    for (const logGroupName of logGroupNames) {
      writeExecutionLog(execution, Level, (line) => logMetrics.read({ logGroupName, line, writtenAt: clock.now() }));
    }
  };
}
