import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { VirtualClock } from '../../time/virtual-clock';
import type { ExecutionResult } from '../execution';
import type { Definition, State } from './definition';
import type { ExecutionEvent } from './execution-event';

/** What of aws-local-stepfunctions is used here: its machine, and the classes inside it that AWS's limits are put around. */
export interface Interpreter {
  StateMachine: { prototype: Machine } & (new (definition: Definition, options: object) => Machine);
  StateExecutor: { prototype: StateExecutor };
  MapStateAction: { prototype: MapStateAction };
  TaskStateAction: { prototype: TaskStateAction };
}

/** Where the context has what it is the context of; no path leads there. */
export const EXECUTION = Symbol('execution');

/** What the classes of the interpreter ask of the execution that they are working for. */
export interface Context {
  /** As the definition sees it. */
  readonly [name: string]: unknown;
  readonly [EXECUTION]: {
    hasEnded(): boolean;
    take(event: ExecutionEvent): void;
    startChild(mapName: string, index: number, input: unknown): Child;
  };
}

export interface Child {
  readonly result: Promise<ExecutionResult>;
  stop(): void;
}

export interface Machine {
  run(input: unknown, options: { context: Context; overrides: object }): Run;
  /** Called by `run`. */
  execute(
    input: unknown,
    options: { eventLogger: EventLogger; runOptions: { context: Context } },
    ...rest: unknown[]
  ): Promise<unknown>;
}

export interface Run {
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
  /** Called at each try of a state. */
  processInput(input: unknown, context: Context): unknown;
  processResult(result: unknown, rawInput: unknown, context: Context): unknown;
}

export interface TaskStateAction {
  stateDefinition: State;
  getTimeoutMs(input: unknown, context: unknown): number;
}

export interface MapStateAction {
  stateName: string;
  stateDefinition: State;
  /** Of the outputs of all items. */
  buildExecutionResult(outputs: unknown[]): unknown;
  processItem(
    machine: Pick<Machine, 'run'>,
    ...rest: [item: unknown, input: unknown, context: Context, index: number, options: unknown]
  ): Promise<unknown>;
}

const path = require.resolve('aws-local-stepfunctions');
const interpreterRequire = createRequire(path);

/**
 * The interpreter waits with the global timers and cannot be given others, so its file is wrapped the way Node wraps
 * every module, with `setTimeout`, `clearTimeout` and `Date` beside `require`.
 */
const evaluate = new Function(
  ...['module', 'require', 'setTimeout', 'clearTimeout', 'Date'],
  `${readFileSync(path, 'utf8')}
return { StateMachine, StateExecutor, MapStateAction, TaskStateAction };
//# sourceURL=${path}`,
);

/** aws-local-stepfunctions on a clock of ours; whoever loads it gets classes of their own, and may change them. */
export function loadInterpreter({ timers }: VirtualClock, pLimit: unknown): Interpreter {
  providePromiseWithResolvers();
  const provide = (name: string) => (name === 'p-limit' ? pLimit : interpreterRequire(name));
  return evaluate({ exports: {} }, provide, timers.setTimeout, timers.clearTimeout, timers.Date);
}

/** The interpreter is written for Node 22; this is all that Node 20 lacks. */
function providePromiseWithResolvers() {
  const promise = Promise as unknown as { withResolvers?: () => unknown };
  promise.withResolvers ??= () => {
    const resolvers: Record<string, unknown> = {};
    resolvers.promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
    return resolvers;
  };
}
