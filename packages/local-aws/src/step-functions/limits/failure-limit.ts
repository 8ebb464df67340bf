import type { ExecutionEvent } from '../interpreter/execution-event';
import { TerminalError } from '../interpreter/terminal-error';

/** Characters. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ExecutionFailedEventDetails.html */
export const MAX_ERROR_LENGTH = 256;
export const MAX_CAUSE_LENGTH = 32_768;

/** An error of a function that is as long as a history can hold: what is longer is cut, and Retry and Catch go on. */
export class FunctionError extends Error {
  constructor({ name, message }: Error) {
    super(message.slice(0, MAX_CAUSE_LENGTH));
    this.name = name.slice(0, MAX_ERROR_LENGTH);
  }
}

/**
 * A Fail state's Error and Cause are the definition's own, so one that is too long is a mistake of the definition: it is
 * reported and not cut. What AWS does is not documented; either way the text does not arrive.
 */
export function validateFailureLength({ type, state, Error: error = '', Cause: cause = '' }: ExecutionEvent) {
  if (type !== 'StateFailed' || state?.type !== 'Fail') {
    return;
  }
  refuse(state.name, 'Error', error, MAX_ERROR_LENGTH);
  refuse(state.name, 'Cause', String(cause), MAX_CAUSE_LENGTH);
}

function refuse(stateName: string, field: string, { length }: string, allowed: number) {
  if (length > allowed) {
    throw new TerminalError(
      'States.Runtime',
      `the ${field} of state ${stateName} must have at most ${allowed} characters, got ${length}`,
    );
  }
}
