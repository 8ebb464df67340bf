import type { Interpreter } from '../interpreter/interpreter';

/** Longest timer that the clock supports. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Removes the interpreter's default timeout of 60 s from Tasks.
 *
 * On AWS, the default is practically unlimited. With 60 s, a function that takes up to 15 minutes would be started a
 * second time while the first invocation runs.
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
