import { EXECUTION, type Interpreter } from '../interpreter/interpreter';
import { TerminalError } from '../interpreter/terminal-error';

/**
 * Ends the execution with `States.Runtime` if a path, payload or result cannot be evaluated.
 *
 * On AWS, `States.ALL` does not catch this error. The interpreter only treats a missing path like this; its other errors
 * can be caught by their JavaScript names.
 */
export function endOnRuntimeError({ StateExecutor }: Interpreter) {
  const { processInput, processResult } = StateExecutor.prototype;
  StateExecutor.prototype.processInput = function (...args) {
    return runOrEnd(() => processInput.apply(this, args));
  };
  StateExecutor.prototype.processResult = function (...args) {
    return runOrEnd(() => processResult.apply(this, args));
  };
}

/** Stops retries after the end of an execution, which the interpreter would continue without waiting. */
export function stopRetriesAfterEnd({ StateExecutor }: Interpreter) {
  const { processInput } = StateExecutor.prototype;
  StateExecutor.prototype.processInput = function (input, context) {
    if (context[EXECUTION].hasEnded()) {
      throw new TerminalError('ExecutionEnded', 'the execution has ended');
    }
    return processInput.call(this, input, context);
  };
}

/** Runs work whose errors end the execution, unless the interpreter defines whether they can be caught. */
export function runOrEnd<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'isCatchable' in error) {
      throw error;
    }
    throw new TerminalError('States.Runtime', error instanceof Error ? error.message : String(error));
  }
}
