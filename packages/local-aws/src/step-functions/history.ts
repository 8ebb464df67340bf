import type { Definition } from './interpreter/definition';
import type { ExecutionEvent } from './interpreter/execution-event';
import { TerminalError } from './interpreter/terminal-error';

/** Maximum length of a history: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_HISTORY_EVENTS = 25_000;

/** An event of AWS's history. Details exist for entered and exited states, for failures, and for the execution. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly type: string;
  /** Details by the name of their field, such as `lambdaFunctionFailedEventDetails`. */
  readonly details: Readonly<Record<string, object>>;
}

type EventTypes = Readonly<Record<string, readonly string[]>>;

const LAMBDA: EventTypes = {
  StateEntered: ['TaskStateEntered', 'LambdaFunctionScheduled', 'LambdaFunctionStarted'],
  StateFailed: ['LambdaFunctionFailed'],
  StateRetried: ['LambdaFunctionScheduled', 'LambdaFunctionStarted'],
  StateExited: ['LambdaFunctionSucceeded', 'TaskStateExited'],
};
/** Events of a Task that calls another service. */
const SERVICE: EventTypes = {
  StateEntered: ['TaskStateEntered', 'TaskScheduled', 'TaskStarted'],
  StateFailed: ['TaskFailed'],
  StateRetried: ['TaskScheduled', 'TaskStarted'],
  StateExited: ['TaskSucceeded', 'TaskStateExited'],
};
const MAP: EventTypes = {
  StateEntered: ['MapStateEntered', 'MapStateStarted', 'MapRunStarted'],
  StateFailed: ['MapRunFailed', 'MapStateFailed'],
  StateRetried: ['MapStateStarted', 'MapRunStarted'],
  StateExited: ['MapRunSucceeded', 'MapStateSucceeded', 'MapStateExited'],
};
const EXECUTION_TIMED_OUT = { ExecutionTimeout: 'ExecutionTimedOut' } as Readonly<Record<string, string>>;

/** Returns AWS's events for each event of the interpreter in a state. A Fail state is only entered. */
function getEventTypes(stateType: string, resource?: string): EventTypes {
  switch (stateType) {
    case 'Task':
      return resource?.includes(':states:::') ? SERVICE : LAMBDA;
    case 'Map':
      return MAP;
    default:
      return { StateEntered: [`${stateType}StateEntered`], StateExited: [`${stateType}StateExited`] };
  }
}

/**
 * Returns the number of events in AWS's history that correspond to an event of the interpreter.
 *
 * In total, a Task has 5 events, and 3 more for each retry. A Distributed Map has 6, however many items it has. Pass,
 * Choice, Wait and Succeed states have 2, and a Fail state has 1. The start and the end of the execution have 1 each.
 *
 * A caught state exits without events for its success. `StateExited` counts them, so `StateCaught` subtracts them.
 */
function countHistoryEvents({ type, state }: ExecutionEvent): number {
  if (state === undefined) {
    return 1;
  }
  const types = getEventTypes(state.type);
  return type === 'StateCaught' ? 1 - (types.StateExited?.length ?? 0) : (types[type]?.length ?? 0);
}

/** Lists AWS's history of an execution, oldest event first. */
export function listHistory(events: readonly ExecutionEvent[], { States }: Definition): HistoryEvent[] {
  const history: HistoryEvent[] = [];
  let isCaught = false;
  for (const event of events) {
    const { type, state, timestamp } = event;
    const resource = state && States[state.name]?.Resource;
    const types = state ? (getEventTypes(state.type, resource)[type] ?? []) : [EXECUTION_TIMED_OUT[type] ?? type];
    for (const each of type === 'StateExited' && isCaught ? types.slice(-1) : types) {
      const id = history.length + 1;
      history.push({
        id,
        previousEventId: id - 1,
        timestamp,
        type: each,
        details: describeEvent(each, event, resource),
      });
    }
    isCaught = type === 'StateCaught' || (isCaught && type !== 'StateExited');
  }
  return history;
}

function describeEvent(type: string, event: ExecutionEvent, resource?: string): HistoryEvent['details'] {
  const { state, input, output, Error: error, Cause: cause } = event;
  if (type.endsWith('StateEntered')) {
    return { stateEnteredEventDetails: { name: state?.name, input: JSON.stringify(state?.input) } };
  }
  if (type.endsWith('StateExited')) {
    return { stateExitedEventDetails: { name: state?.name, output: JSON.stringify(state?.output) } };
  }
  switch (type) {
    case 'LambdaFunctionFailed':
      return { lambdaFunctionFailedEventDetails: { error, cause } };
    case 'TaskFailed': {
      const [resourceType, name] = resource?.split(':').slice(-2) ?? [];
      return { taskFailedEventDetails: { resourceType, resource: name, error, cause } };
    }
    case 'MapRunFailed':
      return { mapRunFailedEventDetails: { error, cause } };
    case 'ExecutionStarted':
      return { executionStartedEventDetails: { input: JSON.stringify(input) } };
    case 'ExecutionSucceeded':
      return { executionSucceededEventDetails: { output: JSON.stringify(output) } };
    case 'ExecutionFailed':
      return { executionFailedEventDetails: { error, cause } };
    default:
      return {};
  }
}

/**
 * Length of the history of an execution.
 *
 * The 25,000th event can only be the end of the execution. Any other event in its place fails the execution.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/bp-history-limit.html
 */
export class History {
  private events = 0;

  public get length(): number {
    return this.events;
  }

  public add(event: ExecutionEvent) {
    this.events += countHistoryEvents(event);
    if (event.state !== undefined && this.events >= MAX_HISTORY_EVENTS) {
      this.events = MAX_HISTORY_EVENTS - 1;
      throw new TerminalError(
        'States.Runtime',
        `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`,
      );
    }
  }
}
