import type { Interpreter } from '../interpreter/interpreter';

/** As long as a timer of the clock can be. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * A Task that says nothing of a timeout has practically none on AWS, and 60 s in the interpreter: it would start a function
 * that may take 15 minutes a second time beside the first.
 */
export function removeDefaultTimeout({ TaskStateAction }: Interpreter) {
  const { getTimeoutMs } = TaskStateAction.prototype;
  TaskStateAction.prototype.getTimeoutMs = function (input, context) {
    const { TimeoutSeconds, TimeoutSecondsPath } = this.stateDefinition;
    return (TimeoutSeconds ?? TimeoutSecondsPath) === undefined
      ? MAX_TIMER_MS
      : getTimeoutMs.call(this, input, context);
  };
}
