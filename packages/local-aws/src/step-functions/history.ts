import type { ExecutionEvent } from './interpreter/execution-event';
import { TerminalError } from './interpreter/terminal-error';

/** Maximum length of a history: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_HISTORY_EVENTS = 25_000;

/**
 * Number of AWS's events for each event of the interpreter.
 *
 * A caught state exits without an event for its success. `StateExited` counts one, so `StateCaught` subtracts it.
 */
const EVENTS: Record<string, Record<string, number>> = {
  // TaskStateEntered, LambdaFunctionScheduled and -Started; -Failed; again -Scheduled and -Started; -Succeeded and TaskStateExited.
  Task: { StateEntered: 3, StateFailed: 1, StateRetried: 2, StateCaught: -1, StateExited: 2 },
  // MapStateEntered, MapStateStarted, MapRunStarted; MapRunFailed, MapStateFailed; …; MapRunSucceeded, MapStateSucceeded, MapStateExited.
  Map: { StateEntered: 3, StateFailed: 2, StateRetried: 2, StateCaught: -2, StateExited: 3 },
};
/** Events of Pass, Choice, Wait and Succeed states. A Fail state is only entered. */
const OTHER_STATE_EVENTS: Record<string, number> = { StateEntered: 1, StateExited: 1 };

/**
 * Returns the number of events in AWS's history that correspond to an event of the interpreter.
 *
 * In total, a Task has 5 events, and 3 more for each retry. A Distributed Map has 6, however many items it has. Pass,
 * Choice, Wait and Succeed states have 2, and a Fail state has 1. The start and the end of the execution have 1 each.
 */
export function countHistoryEvents({ type, state }: ExecutionEvent): number {
  if (state === undefined) {
    return 1;
  }
  return (EVENTS[state.type] ?? OTHER_STATE_EVENTS)[type] ?? 0;
}

/**
 * History of an execution, of which only the length is kept.
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
