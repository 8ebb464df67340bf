import type { VirtualClock } from '../time/virtual-clock';
import { EXECUTION, type Interpreter, loadInterpreter } from './interpreter/interpreter';
import { startChildExecutions } from './limits/child-executions';
import { limitDataSize } from './limits/data-limit';
import { type EmptyMap, failOnEmptyMap } from './limits/empty-map';
import { evaluateTolerance } from './limits/failure-tolerance';
import { createLimiter, type ItemOrder, listOrder } from './limits/item-order';
import { readAndBatchItems } from './limits/item-reader';
import { endOnRuntimeError, stopRetriesAfterEnd } from './limits/runtime-error';
import { removeDefaultTimeout } from './limits/task-timeout';
import { evaluateNegativeTypeTests } from './limits/type-test';

/** Behaviour of Distributed Maps that AWS leaves open. */
export interface InterpreterSettings {
  /** Order in which items start. @default - the order of the list */
  readonly itemOrder?: ItemOrder;
  /** @default 'SUCCEEDS' */
  readonly emptyMap?: EmptyMap;
}

/** Creates an interpreter with AWS's limits. Loading is slow, so the executions of a state machine share one. */
export function createLimitedInterpreter(
  clock: VirtualClock,
  { itemOrder = listOrder, emptyMap = 'SUCCEEDS' }: InterpreterSettings,
): Interpreter {
  const interpreter = loadInterpreter(clock, createLimiter(itemOrder));
  forwardEvents(interpreter);
  endOnRuntimeError(interpreter);
  removeDefaultTimeout(interpreter);
  evaluateNegativeTypeTests(interpreter);
  limitDataSize(interpreter);
  stopRetriesAfterEnd(interpreter);
  startChildExecutions(interpreter);
  evaluateTolerance(interpreter);
  readAndBatchItems(interpreter);
  if (emptyMap === 'FAILS') {
    failOnEmptyMap(interpreter);
  }
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
