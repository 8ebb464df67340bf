import type { VirtualClock } from '../time/virtual-clock';
import { EXECUTION, type Interpreter, loadInterpreter } from './interpreter/interpreter';
import { startChildExecutions } from './limits/child-executions';
import { limitDataSize } from './limits/data-limit';
import { createLimiter, type ItemOrder } from './limits/item-order';
import { endOnRuntimeError, stopRetriesAfterEnd } from './limits/runtime-error';
import { removeDefaultTimeout } from './limits/task-timeout';

/** The interpreter within the limits of AWS. It is slow to load: a state machine's executions share one. */
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

/** An execution hears of its events as they happen. */
function forwardEvents({ StateMachine }: Interpreter) {
  const { execute } = StateMachine.prototype;
  StateMachine.prototype.execute = function (input, options, ...rest) {
    const { eventLogger, runOptions } = options;
    eventLogger.dispatch = (event) => {
      if (!eventLogger.isLoggerClosed) {
        runOptions.context[EXECUTION].take(event);
      }
    };
    return execute.call(this, input, options, ...rest);
  };
}
