import type { Execution } from './execution';
import type { Interpreter, Run } from './interpreter';

/** Has each item of a Distributed Map run as an execution of its own. */
export function startChildExecutions(
  { MapStateAction }: Interpreter,
  start: (mapName: string, index: number, input: unknown) => Execution,
) {
  const { processItem } = MapStateAction.prototype;
  MapStateAction.prototype.processItem = function (_machine, item, input, context, index, options) {
    const run = (itemInput: unknown): Run => {
      const child = start(this.stateName, index, itemInput);
      return { abort: () => child.stop(), eventLogs: noEvents(), result: outputOf(child) };
    };
    return processItem.call(this, { run }, item, input, context, index, options);
  };
}

/** The only tolerance that is known here is the default: none. */
async function outputOf(child: Execution): Promise<unknown> {
  const result = await child.result;
  if (result.status === 'SUCCEEDED') {
    return result.output;
  }
  throw Object.assign(new Error('The specified tolerated failure threshold was exceeded'), {
    name: 'States.ExceedToleratedFailureThreshold',
  });
}

/** The parent hears of the child's events as they happen. */
async function* noEvents(): AsyncGenerator<never> {}
