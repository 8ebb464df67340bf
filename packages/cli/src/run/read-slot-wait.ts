import { GetExecutionHistoryCommand, type HistoryEventType, type SFNClient } from '@aws-sdk/client-sfn';
import type { NamedErrorName } from '@log-archiver/core';
import { readMessage } from './read-cause';

/** Errors of `ExportLogToS3` while another task holds the slot. */
const SLOT_ERRORS: readonly string[] = ['ExportSlotBusy', 'ExportSlotUnavailable'] satisfies NamedErrorName[];
/** Events at the start of an attempt. */
const ATTEMPT: readonly unknown[] = ['LambdaFunctionScheduled', 'LambdaFunctionStarted'] satisfies HistoryEventType[];

/** Returns the message of the error because of which an export waits for the slot; `undefined`: it does not wait. */
export async function readSlotWait(sfn: SFNClient, executionArn: string): Promise<string | undefined> {
  const { events = [] } = await sfn.send(
    new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: ATTEMPT.length + 1 }),
  );
  const last = events.find(({ type }) => !ATTEMPT.includes(type));
  const { error = '', cause = '' } = last?.lambdaFunctionFailedEventDetails ?? {};
  return SLOT_ERRORS.includes(error) ? readMessage(cause) : undefined;
}
