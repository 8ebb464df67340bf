import type { Execution } from '../step-functions/execution';
import type { Metrics } from './metrics';

const METRIC_NAMES = {
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  ABORTED: 'ExecutionsAborted',
  TIMED_OUT: 'ExecutionsTimedOut',
};

/**
 * Puts the metrics of an execution when it starts and ends.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export function putExecutionMetrics(metrics: Metrics, execution: Execution) {
  const put = (metricName: string, value: number, timestamp: number) => {
    const dimensions = { StateMachineArn: execution.stateMachineArn };
    metrics.put({ namespace: 'AWS/States', metricName, dimensions, value, timestamp });
  };
  put('ExecutionsStarted', 1, execution.startDate);
  void execution.result.then(({ status }) => {
    const { startDate, stopDate = startDate } = execution;
    put(METRIC_NAMES[status], 1, stopDate);
    put('ExecutionTime', stopDate - startDate, stopDate);
  });
}
