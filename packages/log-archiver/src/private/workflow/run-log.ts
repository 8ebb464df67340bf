import { ArnFormat, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/**
 * Under `/aws/vendedlogs/states/`: elsewhere every state machine adds to the account's resource policy for log
 * deliveries, which is full after a few. A log group of a given name would be in the way of the next deployment if it
 * outlived its stack.
 */
export function runLog(scope: Construct, encryptionKey?: IKey): LogGroup {
  return new LogGroup(scope, 'LogGroup', {
    logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' })}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
    encryptionKey,
  });
}

/**
 * Counts the runs that FAILED of what a state machine cannot catch, and so without having told anybody. By its log, since
 * the event of such a run has no error with a customer-managed key. An item's execution has another kind of ARN.
 */
export function untoldRuns(logGroup: LogGroup, { stateMachineName }: StateMachine, options: MetricOptions): Metric {
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
