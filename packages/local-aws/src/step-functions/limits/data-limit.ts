import type { Interpreter } from '../interpreter/interpreter';
import { TerminalError } from '../interpreter/terminal-error';

/**
 * Maximum size of the input or output of a state or execution, as JSON in UTF-8.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_DATA_BYTES = 262_144;

export function isOverDataLimit(data: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(data) ?? '') > MAX_DATA_BYTES;
}

/**
 * An answer of a task that is too large.
 *
 * Recorded on AWS: `States.ALL` retries and catches this error, although AWS documents that it does not. All other data
 * that is too large ends the execution.
 */
class AnswerTooLarge extends Error {
  public override readonly name = 'States.DataLimitExceeded';
  /** The interpreter reads this and the next field. */
  public readonly isRetryable = true;
  public readonly isCatchable = true;
}

/** Limits the size of a state's input, payload, result and output. */
export function limitDataSize({ StateExecutor }: Interpreter) {
  const { processInput, processResult } = StateExecutor.prototype;
  StateExecutor.prototype.processInput = function (input, context) {
    validateDataSize(this.stateName, input);
    return validateDataSize(this.stateName, processInput.call(this, input, context));
  };
  StateExecutor.prototype.processResult = function (result, rawInput, context) {
    if (this.stateDefinition.Type === 'Task' && isOverDataLimit(result)) {
      throw new AnswerTooLarge(formatCause(this.stateName));
    }
    validateDataSize(this.stateName, result);
    return validateDataSize(this.stateName, processResult.call(this, result, rawInput, context));
  };
}

function validateDataSize<T>(stateName: string, data: T): T {
  if (isOverDataLimit(data)) {
    throw new TerminalError('States.DataLimitExceeded', formatCause(stateName));
  }
  return data;
}

function formatCause(stateName: string): string {
  return `The state/task '${stateName}' returned a result with a size exceeding the maximum number of bytes service limit.`;
}
