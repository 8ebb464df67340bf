import { type ArchiveOutcome, truncate } from '@log-archiver/core';

/**
 * Returns the message of a failure.
 *
 * Step Functions passes on the error of a Lambda function as JSON: `{"errorType":…,"errorMessage":…,"trace":[…]}`. The
 * cause of its own errors, such as a timeout, is text.
 */
export function readCause({ status, cause }: Pick<ArchiveOutcome, 'status' | 'cause'>): string | null {
  // A child execution of an earlier deployment returns no cause.
  return status === 'FAILED' && cause ? truncate(findMessage(cause) ?? cause) : null;
}

function findMessage(cause: string): string | undefined {
  try {
    const { errorMessage } = JSON.parse(cause) ?? {};
    return typeof errorMessage === 'string' && errorMessage !== '' ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}
