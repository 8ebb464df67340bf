import { type ExecutionResult, VirtualClock } from '../../src';
import type { Execution } from '../../src/step-functions/execution';
import type { Definition } from '../../src/step-functions/interpreter/definition';
import type { InterpreterSettings } from '../../src/step-functions/limited-interpreter';
import { StateMachine } from '../../src/step-functions/state-machine';

export const NOW = '2026-11-01T18:00:00.000Z';
export const STATE_MACHINE_ARN = 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Machine';

export const EVERYTHING_CAUGHT = {
  Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
};

export type Invoke = (payload: never) => unknown;

/** Creates a state machine with its own clock, whose only function is `invoke`. */
export function machine(states: Definition['States'], invoke: Invoke = () => null, settings: InterpreterSettings = {}) {
  const clock = new VirtualClock(NOW);
  const fn = { invoke: async (payload: unknown) => clock.holdDuring(Promise.resolve(payload as never).then(invoke)) };
  const definition = { StartAt: String(Object.keys(states)[0]), States: states };
  const stateMachine = new StateMachine(STATE_MACHINE_ARN, definition, new Map([['fn', fn]]), clock, settings);
  const end = (execution: Execution): Promise<ExecutionResult> => clock.passUntil(execution.result);
  const run = async (input: object = {}) => {
    const execution = stateMachine.startExecution(input);
    return { execution, result: await end(execution) };
  };
  return { clock, stateMachine, run, end };
}

export function task(more: object) {
  return { Type: 'Task', Resource: 'fn', ...more };
}

/** Creates a Distributed Map over `$.items`, by default as the last state. */
export function distributedMap(states: Definition['States'], more: object = { End: true }) {
  const StartAt = String(Object.keys(states)[0]);
  const ItemProcessor = { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt, States: states };
  return { Type: 'Map', ItemsPath: '$.items', MaxConcurrency: 1, ItemProcessor, ...more };
}

export class FunctionFailure extends Error {
  constructor(
    public override readonly name: string,
    message = name,
  ) {
    super(message);
  }
}
