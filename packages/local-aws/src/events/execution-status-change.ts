import type { Execution } from '../step-functions/execution';
import type { ExecutionResult } from '../step-functions/interpreter/execution-result';
import { type AwsEvent, createEvent } from './aws-event';

/**
 * Returns the event that an execution has started, or has ended with a result.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function createExecutionStatusChange(execution: Execution, result?: ExecutionResult): AwsEvent {
  const { executionArn, stateMachineArn, name, input, startDate, stopDate = null } = execution;
  const status = result?.status ?? 'RUNNING';
  const output = result?.status === 'SUCCEEDED' ? JSON.stringify(result.output) : null;
  const { error, cause } = { error: undefined, cause: undefined, ...result };
  return createEvent('aws.states', 'Step Functions Execution Status Change', executionArn, stopDate ?? startDate, {
    ...{ executionArn, stateMachineArn, name, status, startDate, stopDate },
    ...{ input: JSON.stringify(input), output, error, cause },
  });
}
