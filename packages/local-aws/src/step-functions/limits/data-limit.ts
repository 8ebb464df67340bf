import type { Interpreter } from '../interpreter/interpreter';
import { TerminalError } from '../interpreter/terminal-error';

/** Of a state's or an execution's data, as JSON in UTF-8: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_DATA_BYTES = 262_144;

export function isOverDataLimit(data: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(data) ?? '') > MAX_DATA_BYTES;
}

/** Holds what goes into a state and comes out of it to the limit: its input and output, its payload and its result. */
export function limitDataSize({ StateExecutor }: Interpreter) {
  const { processInput, processResult } = StateExecutor.prototype;
  StateExecutor.prototype.processInput = function (input, context) {
    withinLimit(this.stateName, input);
    return withinLimit(this.stateName, processInput.call(this, input, context));
  };
  StateExecutor.prototype.processResult = function (result, rawInput, context) {
    withinLimit(this.stateName, result);
    return withinLimit(this.stateName, processResult.call(this, result, rawInput, context));
  };
}

function withinLimit<T>(stateName: string, data: T): T {
  if (isOverDataLimit(data)) {
    throw new TerminalError(
      'States.DataLimitExceeded',
      `The state/task '${stateName}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
  return data;
}
