import type { Execution } from './execution';

export type LogLevel = 'ALL' | 'ERROR' | 'FATAL' | 'OFF';

const END_TYPES = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  ABORTED: 'ExecutionAborted',
  TIMED_OUT: 'ExecutionTimedOut',
};

/**
 * Writes the first and the last entry of an execution to the log of its state machine, as far as the level includes them.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
export function writeExecutionLog(execution: Execution, level: LogLevel, write: (line: string) => void) {
  const writeEntry = (id: number, type: string, timestamp: number, details: object) =>
    write(
      JSON.stringify({
        id: String(id),
        type,
        details,
        previous_event_id: String(id - 1),
        event_timestamp: String(timestamp),
        execution_arn: execution.executionArn,
        redrive_count: '0',
      }),
    );
  if (level === 'ALL') {
    writeEntry(1, 'ExecutionStarted', execution.startDate, { input: JSON.stringify(execution.input) });
  }
  void execution.result.then(({ status, ...result }) => {
    if (level === 'ALL' || (level !== 'OFF' && status !== 'SUCCEEDED')) {
      const details = 'output' in result ? { output: JSON.stringify(result.output) } : result;
      writeEntry(execution.history, END_TYPES[status], execution.stopDate ?? execution.startDate, details);
    }
  });
}
