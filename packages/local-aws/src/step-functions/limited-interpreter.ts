import type { VirtualClock } from '../time/virtual-clock';
import { EXECUTION, type Interpreter, loadInterpreter } from './interpreter/interpreter';
import { startChildExecutions } from './limits/child-executions';
import { limitDataSize } from './limits/data-limit';
import { createLimiter, type ItemOrder } from './limits/item-order';
import { endOnRuntimeError, stopRetriesAfterEnd } from './limits/runtime-error';
import { removeDefaultTimeout } from './limits/task-timeout';

/** Creates an interpreter with AWS's limits. Loading is slow, so the executions of a state machine share one. */
export function createLimitedInterpreter(clock: VirtualClock, itemOrder: ItemOrder): Interpreter {
  const interpreter = loadInterpreter(clock, createLimiter(itemOrder));
  forwardEvents(interpreter);
  endOnRuntimeError(interpreter);
  removeDefaultTimeout(interpreter);
  limitDataSize(interpreter);
  stopRetriesAfterEnd(interpreter);
  startChildExecutions(interpreter);
  return interpreter;
}

/** Passes events to the execution as they happen. */
function forwardEvents({ StateMachine }: Interpreter) {
  const { execute } = StateMachine.prototype;
  StateMachine.prototype.execute = function (input, options, ...rest) {
    const { eventLogger, runOptions } = options;
    eventLogger.dispatch = (event) => {
      if (!eventLogger.isLoggerClosed) {
        runOptions.context[EXECUTION].record(event);
      }
    };
    return execute.call(this, input, options, ...rest);
  };
}
