import { ArnFormat, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/**
 * Creates the log group of the runs, under `/aws/vendedlogs/states/`.
 *
 * For log groups elsewhere, every state machine adds to the account's resource policy for log deliveries, which is full
 * after a few. The log group is deleted with its stack: a retained log group of this name would block the next
 * deployment.
 */
export function createRunLog(scope: Construct, encryptionKey?: IKey): LogGroup {
  return new LogGroup(scope, 'LogGroup', {
    logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' })}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
    encryptionKey,
  });
}

/**
 * Returns a metric of runs that failed with an error that a state machine cannot catch, and so without a notification.
 *
 * The metric filters the log: with a customer-managed key, the event of such a run does not contain the error. The ARN
 * in the filter does not match the executions of items.
 */
export function countUnreportedFailures(
  logGroup: LogGroup,
  { stateMachineName }: StateMachine,
  options: MetricOptions,
): Metric {
  const runs = Stack.of(logGroup).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${stateMachineName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const filter = logGroup.addMetricFilter('UntoldRuns', {
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.type', '=', 'ExecutionFailed'),
      FilterPattern.stringValue('$.details.error', '=', 'States.*'),
      FilterPattern.stringValue('$.execution_arn', '=', runs),
    ),
    metricNamespace: 'LogArchiver',
    metricName: `UntoldRuns-${stateMachineName}`,
  });
  return filter.metric({ statistic: 'Sum', ...options });
}
