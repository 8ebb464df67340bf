import type { VirtualClock } from '../time/virtual-clock';
import { EXECUTION, type Interpreter, loadInterpreter } from './interpreter/interpreter';
import { startChildExecutions } from './limits/child-executions';
import { limitData } from './limits/data-limit';
import { type ItemOrder, limitIn } from './limits/item-order';
import { endOnRuntimeErrors, tryNothingAfterTheEnd } from './limits/runtime-error';
import { noTimeoutByDefault } from './limits/task-timeout';

/** The interpreter within the limits of AWS. It is slow to load: a state machine's executions share one. */
export function limitedInterpreter(clock: VirtualClock, itemOrder: ItemOrder): Interpreter {
  const interpreter = loadInterpreter(clock, limitIn(itemOrder));
  passEventsOn(interpreter);
  endOnRuntimeErrors(interpreter);
  noTimeoutByDefault(interpreter);
  limitData(interpreter);
  tryNothingAfterTheEnd(interpreter);
  startChildExecutions(interpreter);
  return interpreter;
}

/** An execution hears of its events as they happen. */
function passEventsOn({ StateMachine }: Interpreter) {
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
