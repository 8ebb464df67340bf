import type { ExecutionEvent } from './interpreter/execution-event';
import { TerminalError } from './interpreter/terminal-error';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_HISTORY_EVENTS = 25_000;

/**
 * The events that AWS writes for one of the interpreter's. A failed try is known only afterwards, so what a caught state
 * lacks (it exits without having succeeded) is taken off at `StateCaught`.
 */
const EVENTS: Record<string, Record<string, number>> = {
  // TaskStateEntered, LambdaFunctionScheduled and -Started; -Failed; again -Scheduled and -Started; -Succeeded and TaskStateExited.
  Task: { StateEntered: 3, StateFailed: 1, StateRetried: 2, StateCaught: -1, StateExited: 2 },
  // MapStateEntered, MapStateStarted, MapRunStarted; MapRunFailed, MapStateFailed; …; MapRunSucceeded, MapStateSucceeded, MapStateExited.
  Map: { StateEntered: 3, StateFailed: 2, StateRetried: 2, StateCaught: -2, StateExited: 3 },
};
/** Pass, Choice, Wait and Succeed; a Fail is only entered. */
const OTHER_STATE_EVENTS: Record<string, number> = { StateEntered: 1, StateExited: 1 };

/**
 * How many events of AWS's history an event of the interpreter stands for: a Task 5, each retry of it 3 more; a
 * Distributed Map 6, whatever the number of its items; Pass, Choice, Wait and Succeed 2; a Fail 1; the start and the end
 * of the execution 1 each.
 */
export function countHistoryEvents({ type, state }: ExecutionEvent): number {
  if (state === undefined) {
    return 1;
  }
  return (EVENTS[state.type] ?? OTHER_STATE_EVENTS)[type] ?? 0;
}

/**
 * The length of an execution's history. The last of 25,000 events can only be the end of the execution: what comes in
 * its place fails the execution (https://docs.aws.amazon.com/step-functions/latest/dg/bp-history-limit.html).
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
