import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { VirtualClock } from '../../time/virtual-clock';
import type { Definition, State } from './definition';
import type { ExecutionEvent } from './execution-event';
import type { ExecutionResult } from './execution-result';

/** Classes of aws-local-stepfunctions: its machine, and the internal classes to which AWS's limits are added. */
export interface Interpreter {
  StateMachine: { prototype: Machine } & (new (definition: Definition, options: object) => Machine);
  StateExecutor: { prototype: StateExecutor };
  ChoiceStateAction: { prototype: ChoiceStateAction };
  MapStateAction: { prototype: MapStateAction } & (new (stateDefinition: State, stateName: string) => MapStateAction);
  TaskStateAction: { prototype: TaskStateAction };
  /** Returns the value of a path such as `$.items`. */
  evaluatePath(path: string, input: unknown, context: Context): unknown;
  /** Returns a payload template with the values of its fields that end with `.$`. */
  evaluateTemplate(template: unknown, input: unknown, context: Context): unknown;
}

/** Key of the execution in its context. No path of a definition can reach a symbol. */
export const EXECUTION = Symbol('execution');

/** Context object of an execution. */
export interface Context {
  /** Fields that the definition can read with `$$`. */
  readonly [name: string]: unknown;
  readonly [EXECUTION]: {
    hasEnded(): boolean;
    record(event: ExecutionEvent): void;
    startChild(mapName: string, index: number, input: unknown): Child;
    /** Calls the resource of an `ItemReader`. Returns the items, or the text of the file that contains them. */
    readItems(resource: string, parameters: unknown): Promise<unknown>;
  };
}

export interface Child {
  readonly result: Promise<ExecutionResult>;
  stop(): void;
}

export interface Machine {
  run(input: unknown, options: { context: Context; overrides: object }): MachineRun;
  /** Called by `run`. */
  execute(
    input: unknown,
    options: { eventLogger: EventLogger; runOptions: { context: Context } },
    ...rest: unknown[]
  ): Promise<unknown>;
}

/** A run of a machine. */
export interface MachineRun {
  abort(): void;
  eventLogs: AsyncIterable<never>;
  result: Promise<unknown>;
}

export interface EventLogger {
  isLoggerClosed: boolean;
  dispatch(event: ExecutionEvent): void;
}

export interface StateExecutor {
  stateName: string;
  stateDefinition: State;
  /** Called at each attempt of a state. */
  processInput(input: unknown, context: Context): unknown;
  processResult(result: unknown, rawInput: unknown, context: Context): unknown;
}

export interface TaskStateAction {
  stateDefinition: State;
  getTimeoutMs(input: unknown, context: unknown): number;
}

interface ChoiceStateAction {
  testChoiceRule(rule: Record<string, unknown>, input: unknown, context: Context): boolean;
}

export interface MapStateAction {
  stateName: string;
  stateDefinition: State;
  execute(input: unknown, context: Context, options: unknown): Promise<unknown>;
  /** Builds the result of the Map from the outputs of all items. */
  buildExecutionResult(outputs: unknown[]): unknown;
  processItem(
    machine: Pick<Machine, 'run'>,
    ...rest: [item: unknown, input: unknown, context: Context, index: number, options: unknown]
  ): Promise<unknown>;
}

const path = require.resolve('aws-local-stepfunctions');
const interpreterRequire = createRequire(path);

/**
 * Evaluates the interpreter with other timers.
 *
 * The interpreter uses the global timers and accepts no others. Its file is therefore wrapped as Node wraps every module,
 * with `setTimeout`, `clearTimeout` and `Date` as additional parameters.
 */
const evaluate = new Function(
  ...['module', 'require', 'setTimeout', 'clearTimeout', 'Date'],
  `${readFileSync(path, 'utf8')}
return {
  StateMachine, StateExecutor, ChoiceStateAction, MapStateAction, TaskStateAction,
  evaluatePath: jsonPathQuery, evaluateTemplate: processPayloadTemplate,
};
//# sourceURL=${path}`,
);

/** Loads aws-local-stepfunctions on a virtual clock. Each caller gets new classes, which it can modify. */
export function loadInterpreter({ timers }: VirtualClock, pLimit: unknown): Interpreter {
  providePromiseWithResolvers();
  const provide = (name: string) => (name === 'p-limit' ? pLimit : interpreterRequire(name));
  return evaluate({ exports: {} }, provide, timers.setTimeout, timers.clearTimeout, timers.Date);
}

/** Adds `Promise.withResolvers`, the only function that the interpreter needs and Node 20 does not have. */
function providePromiseWithResolvers() {
  const promise = Promise as unknown as { withResolvers?: () => unknown };
  promise.withResolvers ??= () => {
    const resolvers: Record<string, unknown> = {};
    resolvers.promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
    return resolvers;
  };
}
