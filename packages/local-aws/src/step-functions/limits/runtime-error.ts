import { EXECUTION, type Interpreter } from '../interpreter/interpreter';
import { TerminalError } from '../interpreter/terminal-error';

/**
 * What goes wrong while a path, a payload or a result is worked out is `States.Runtime`, which `States.ALL` does not
 * catch. The interpreter says so of a path that leads nowhere, but lets its own errors be caught by their JavaScript names.
 */
export function endOnRuntimeError({ StateExecutor }: Interpreter) {
  const { processInput, processResult } = StateExecutor.prototype;
  StateExecutor.prototype.processInput = function (...given) {
    return toRuntimeError(() => processInput.apply(this, given));
  };
  StateExecutor.prototype.processResult = function (...given) {
    return toRuntimeError(() => processResult.apply(this, given));
  };
}

/** Once the execution has ended, the interpreter would go on with what is left of a state's retries, without waiting. */
export function stopRetriesAfterEnd({ StateExecutor }: Interpreter) {
  const { processInput } = StateExecutor.prototype;
  StateExecutor.prototype.processInput = function (input, context) {
    if (context[EXECUTION].hasEnded()) {
      throw new TerminalError('ExecutionEnded', 'the execution has ended');
    }
    return processInput.call(this, input, context);
  };
}

function toRuntimeError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'isCatchable' in error) {
      throw error;
    }
    throw new TerminalError('States.Runtime', error instanceof Error ? error.message : String(error));
  }
}
