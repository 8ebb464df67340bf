import type { ExecutionResult } from '../interpreter/execution-result';
import { type Child, EXECUTION, type Interpreter, type MachineRun } from '../interpreter/interpreter';

/**
 * Runs each item of a Distributed Map as a child execution.
 *
 * If every failure is tolerated, a child execution that does not succeed leaves its status in the Map's result.
 * Otherwise it fails the Map.
 */
export function startChildExecutions({ MapStateAction }: Interpreter) {
  const { processItem } = MapStateAction.prototype;
  MapStateAction.prototype.processItem = function (_machine, item, input, context, index, options) {
    const toleratesAll = this.stateDefinition.ToleratedFailurePercentage === 100;
    const run = (itemInput: unknown): MachineRun => {
      const child = context[EXECUTION].startChild(this.stateName, index, itemInput);
      return { abort: () => child.stop(), eventLogs: noEvents(), result: awaitOutput(child, toleratesAll) };
    };
    return processItem.call(this, { run }, item, input, context, index, options);
  };
}

async function awaitOutput(child: Child, toleratesAll: boolean): Promise<unknown> {
  const result = await child.result;
  if (result.status === 'SUCCEEDED') {
    return result.output;
  }
  if (toleratesAll) {
    return describeFailure(result);
  }
  throw Object.assign(new Error('The specified tolerated failure threshold was exceeded'), {
    name: 'States.ExceedToleratedFailureThreshold',
  });
}

/** Returns what a failed child execution leaves in the Map's result. Measured on AWS for the status FAILED. */
function describeFailure(result: Exclude<ExecutionResult, { status: 'SUCCEEDED' }>): object {
  const { error, cause }: { error?: string; cause?: string } = result.status === 'TIMED_OUT' ? {} : result;
  return {
    Status: result.status,
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
  };
}

/** Yields nothing, because the child execution passes its events to the parent as they happen. */
async function* noEvents(): AsyncGenerator<never> {}
