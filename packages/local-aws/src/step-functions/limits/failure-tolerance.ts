import { validateTolerance } from '../interpreter/definition';
import type { Interpreter } from '../interpreter/interpreter';
import { TerminalError } from '../interpreter/terminal-error';
import { runOrEnd } from './runtime-error';

/** Evaluates the path of the tolerated percentage of failures. A value that AWS rejects ends the execution. */
export function evaluateTolerance({ MapStateAction, evaluatePath }: Interpreter) {
  const { execute } = MapStateAction.prototype;
  MapStateAction.prototype.execute = async function (input, context, options) {
    const { ToleratedFailurePercentagePath: path, ...rest } = this.stateDefinition;
    if (path === undefined) {
      return execute.call(this, input, context, options);
    }
    const percentage = runOrEnd(() => evaluatePath(path, input, context));
    if (!(typeof percentage === 'number' && percentage >= 0 && percentage <= 100)) {
      throw new TerminalError('States.Runtime', 'ToleratedFailurePercentage must be between 0 and 100.');
    }
    runOrEnd(() => validateTolerance(this.stateName, percentage));
    const state = { ...rest, ToleratedFailurePercentage: percentage };
    return execute.call(new MapStateAction(state, this.stateName), input, context, options);
  };
}
