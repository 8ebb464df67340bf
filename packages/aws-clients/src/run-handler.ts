import { NamedError, RecordingUnfinished, toIsoTime, truncate } from '@log-archiver/core';
import type { Clients } from './create-clients';

/** Fields by which a reader finds a call in the log. */
export interface CallSubject {
  /** ARN of the run's execution. */
  execution?: string;
  logGroupName?: string;
  period?: string;
  /** Number of the page. */
  page?: number;
}

/**
 * Runs a call of a function, and writes one line about it to the function's log.
 *
 * An error is thrown with its name, without a stack, and with a bounded message: Step Functions keeps all three in the
 * execution's data. Only the message of `RecordingUnfinished` is whole, because the next call parses it. The line of an
 * unexpected error has level `ERROR` and the stack.
 */
export async function runHandler<Response>(
  functionName: string,
  subject: CallSubject,
  handle: () => Promise<Response>,
  { log, now }: Pick<Clients, 'log' | 'now'>,
): Promise<Response> {
  const writeLine = (level: 'INFO' | 'ERROR', result: string, details: object = {}) => {
    // Lambda only accepts a level beside a timestamp.
    const timestamp = toIsoTime(now());
    log(JSON.stringify({ timestamp, level, function: functionName, ...subject, result, ...details }));
  };
  try {
    const response = await handle();
    writeLine('INFO', 'COMPLETED');
    return response;
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const { name, stack } = error;
    const message = error instanceof RecordingUnfinished ? error.message : truncate(error.message);
    if (isExpected(error)) {
      writeLine('INFO', name, { message });
    } else {
      writeLine('ERROR', name, { message, stack });
    }
    throw Object.assign(error, { message, stack: '' });
  }
}

/** Whether the contract or AWS names the error. */
function isExpected(error: Error): boolean {
  return error instanceof NamedError || '$metadata' in error;
}
