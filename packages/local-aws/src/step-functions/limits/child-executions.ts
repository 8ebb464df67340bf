import { type Child, EXECUTION, type Interpreter, type Run } from '../interpreter/interpreter';

/** In the place of the output of a child that did not succeed. */
const NOTHING = Symbol('the output of a child that did not succeed');

/**
 * Has each item of a Distributed Map run as an execution of its own. Where every failure is tolerated, a child that does
 * not succeed leaves nothing behind; else it fails the Map.
 */
export function startChildExecutions({ MapStateAction }: Interpreter) {
  const { processItem, buildExecutionResult } = MapStateAction.prototype;
  MapStateAction.prototype.processItem = function (_machine, item, input, context, index, options) {
    const toleratesAll = this.stateDefinition.ToleratedFailurePercentage === 100;
    const run = (itemInput: unknown): Run => {
      const child = context[EXECUTION].startChild(this.stateName, index, itemInput);
      return { abort: () => child.stop(), eventLogs: noEvents(), result: awaitOutput(child, toleratesAll) };
    };
    return processItem.call(this, { run }, item, input, context, index, options);
  };
  MapStateAction.prototype.buildExecutionResult = function (outputs) {
    return buildExecutionResult.call(
      this,
      outputs.filter((output) => output !== NOTHING),
    );
  };
}

async function awaitOutput(child: Child, toleratesAll: boolean): Promise<unknown> {
  const result = await child.result;
  if (result.status === 'SUCCEEDED') {
    return result.output;
  }
  if (toleratesAll) {
    return NOTHING;
  }
  throw Object.assign(new Error('The specified tolerated failure threshold was exceeded'), {
    name: 'States.ExceedToleratedFailureThreshold',
  });
}

/** The parent hears of the child's events as they happen. */
async function* noEvents(): AsyncGenerator<never> {}
