import type { Interpreter } from '../interpreter/interpreter';
import { TerminalError } from '../interpreter/terminal-error';

/** Result of a Distributed Map without items, which AWS does not document. */
export type EmptyMap = 'SUCCEEDS' | 'FAILS';

/** Ends the execution if a Map has no items. */
export function failOnEmptyMap({ MapStateAction }: Interpreter) {
  const { buildExecutionResult } = MapStateAction.prototype;
  MapStateAction.prototype.buildExecutionResult = function (outputs) {
    if (outputs.length === 0) {
      throw new TerminalError('States.Runtime', `The state '${this.stateName}' has no items to process.`);
    }
    return buildExecutionResult.call(this, outputs);
  };
}
