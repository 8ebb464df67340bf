import type { ExecutionEvent } from '../interpreter/execution-event';
import { TerminalError } from '../interpreter/terminal-error';

/**
 * Maximum lengths in characters.
 *
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ExecutionFailedEventDetails.html
 */
export const MAX_ERROR_LENGTH = 256;
export const MAX_CAUSE_LENGTH = 32_768;

/** An error of a function, truncated to the length that a history can hold. Retry and Catch still apply. */
export class FunctionError extends Error {
  constructor({ name, message }: Error) {
    super(message.slice(0, MAX_CAUSE_LENGTH));
    this.name = name.slice(0, MAX_ERROR_LENGTH);
  }
}

/**
 * Throws if the Error or Cause of a Fail state is too long.
 *
 * Both come from the definition, so a long one is a mistake in the definition and must not be truncated silently. AWS does
 * not document its behaviour.
 */
export function validateFailureLength({ type, state, Error: error = '', Cause: cause = '' }: ExecutionEvent) {
  if (type !== 'StateFailed' || state?.type !== 'Fail') {
    return;
  }
  validateLength(state.name, 'Error', error, MAX_ERROR_LENGTH);
  validateLength(state.name, 'Cause', String(cause), MAX_CAUSE_LENGTH);
}

function validateLength(stateName: string, field: string, { length }: string, maximum: number) {
  if (length > maximum) {
    throw new TerminalError(
      'States.Runtime',
      `${field} of state ${stateName} must be at most ${maximum} characters long, got ${length}`,
    );
  }
}
