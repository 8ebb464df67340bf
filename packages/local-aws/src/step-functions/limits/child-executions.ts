import { type Child, EXECUTION, type Interpreter, type MachineRun } from '../interpreter/interpreter';

/** Placeholder for the output of a child execution that did not succeed. */
const NO_OUTPUT = Symbol('no output');

/**
 * Runs each item of a Distributed Map as a child execution.
 *
 * If every failure is tolerated, a child execution that does not succeed has no output. Otherwise it fails the Map.
 */
export function startChildExecutions({ MapStateAction }: Interpreter) {
  const { processItem, buildExecutionResult } = MapStateAction.prototype;
  MapStateAction.prototype.processItem = function (_machine, item, input, context, index, options) {
    const toleratesAll = this.stateDefinition.ToleratedFailurePercentage === 100;
    const run = (itemInput: unknown): MachineRun => {
      const child = context[EXECUTION].startChild(this.stateName, index, itemInput);
      return { abort: () => child.stop(), eventLogs: noEvents(), result: awaitOutput(child, toleratesAll) };
    };
    return processItem.call(this, { run }, item, input, context, index, options);
  };
  MapStateAction.prototype.buildExecutionResult = function (outputs) {
    return buildExecutionResult.call(
      this,
      outputs.filter((output) => output !== NO_OUTPUT),
    );
  };
}

async function awaitOutput(child: Child, toleratesAll: boolean): Promise<unknown> {
  const result = await child.result;
  if (result.status === 'SUCCEEDED') {
    return result.output;
  }
  if (toleratesAll) {
    return NO_OUTPUT;
  }
  throw Object.assign(new Error('The specified tolerated failure threshold was exceeded'), {
    name: 'States.ExceedToleratedFailureThreshold',
  });
}

/** Yields nothing, because the child execution passes its events to the parent as they happen. */
async function* noEvents(): AsyncGenerator<never> {}
