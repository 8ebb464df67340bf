import { ArnFormat, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type JsonPattern, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../core';
import type { Settings } from '../settings';

export type RunLogProps = Pick<Settings, 'encryptionKey' | 'logRetention' | 'logRemovalPolicy'>;

/**
 * Creates the log group of the runs, under `/aws/vendedlogs/states/`.
 *
 * For log groups elsewhere, every state machine adds to the account's resource policy for log deliveries, which is full
 * after a few. By default, the log group is deleted with its stack: a retained log group of this name would block the
 * next deployment.
 */
export function createRunLog(scope: Construct, props: RunLogProps): LogGroup {
  return new LogGroup(scope, 'LogGroup', {
    logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' })}`,
    retention: props.logRetention,
    removalPolicy: props.logRemovalPolicy ?? RemovalPolicy.DESTROY,
    encryptionKey: props.encryptionKey,
  });
}

export interface RunLog {
  readonly logGroup: LogGroup;
  readonly stateMachine: StateMachine;
}

/**
 * Returns a metric of runs that failed with an error that a state machine cannot catch, and so without a notification.
 * A run that succeeds counts as 0.
 *
 * The metric filters the log: with a customer-managed key, the event of such a run does not contain the error.
 */
export function countUnreportedFailures(log: RunLog): Metric {
  const metricName = `UntoldRuns-${log.stateMachine.stateMachineName}`;
  addFilter(log, 'UntoldRuns', metricName, '1', [
    FilterPattern.stringValue('$.type', '=', 'ExecutionFailed'),
    FilterPattern.stringValue('$.details.error', '=', 'States.*'),
  ]);
  return addFilter(log, 'RunsAfterUntoldRuns', metricName, '0', [SUCCEEDED]);
}

/** Returns a metric of runs that succeeded. */
export function countSuccesses(log: RunLog): Metric {
  return addFilter(log, 'SuccessfulRuns', `SuccessfulRuns-${log.stateMachine.stateMachineName}`, '1', [SUCCEEDED]);
}

const SUCCEEDED = FilterPattern.stringValue('$.type', '=', 'ExecutionSucceeded');

/** Adds a filter of runs to the log. The ARN in the filter does not match the executions of items. */
function addFilter(
  { logGroup, stateMachine }: RunLog,
  id: string,
  metricName: string,
  metricValue: string,
  patterns: JsonPattern[],
): Metric {
  const runs = Stack.of(logGroup).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${stateMachine.stateMachineName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const filter = logGroup.addMetricFilter(id, {
    filterPattern: FilterPattern.all(...patterns, FilterPattern.stringValue('$.execution_arn', '=', runs)),
    metricNamespace: METRIC_NAMESPACE,
    metricName,
    metricValue,
  });
  return filter.metric({ statistic: 'Sum' });
}
