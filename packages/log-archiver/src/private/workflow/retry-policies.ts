import type { NamedErrorName } from '@log-archiver/core';
import { Duration } from 'aws-cdk-lib';
import type { RetryProps } from 'aws-cdk-lib/aws-stepfunctions';

/** A retrier of the state machine, for errors that the contract knows by name. */
interface NamedRetry extends RetryProps {
  readonly errors: NamedErrorName[];
}

/**
 * Polling: 2 s, then 10 % longer each time, at most 60 s. A 15 s export is seen after 7 polls, one of an hour after 88,
 * and 1,530 polls last 25 hours: AWS gives an export up after 24.
 */
export const UNTIL_COMPLETED: NamedRetry = {
  errors: ['PENDING', 'RUNNING', 'PENDING_CANCEL'],
  interval: Duration.seconds(2),
  backoffRate: 1.1,
  maxDelay: Duration.seconds(60),
  maxAttempts: 1_530,
};

/** A task that AWS does not show yet: every 5 s for 3 minutes. */
export const UNTIL_TASK_IS_SHOWN: NamedRetry = {
  errors: ['ExportTaskNotFound'],
  interval: Duration.seconds(5),
  backoffRate: 1,
  maxAttempts: 36,
};

/**
 * Another task holds the slot: 5 s, then half as long again each time, at most 60 s, for 50 hours. The function turns
 * the error into `ExportSlotUnavailable` at the item's `slotDeadline`, which is 48 hours away at most.
 */
export const UNTIL_SLOT_IS_FREE: NamedRetry = {
  errors: ['ExportSlotBusy'],
  interval: Duration.seconds(5),
  backoffRate: 1.5,
  maxDelay: Duration.seconds(60),
  maxAttempts: 3_000,
};

/** The run has used up its time for the slot: every 30 s for 5 minutes, for this item alone. */
export const LAST_CHANCE_FOR_THE_SLOT: NamedRetry = {
  errors: ['ExportSlotUnavailable'],
  interval: Duration.seconds(30),
  backoffRate: 1,
  maxAttempts: 10,
};

/** A log group that does not exist is no failure of the archive. */
export const TO_BE_SKIPPED = ['LogGroupNotFound'] satisfies NamedErrorName[];

/** What waiting does not mend. */
export const NEVER: NamedRetry = {
  errors: [
    'FAILED',
    'CANCELLED',
    'ExportTaskGivenUp',
    'ArchiveEmpty',
    ...TO_BE_SKIPPED,
    'InvalidArchiveRequest',
    'AccessDeniedException',
    'AccessDenied',
    'InvalidParameterException',
  ],
  maxAttempts: 0,
};

/**
 * Throttling, 5xx, sockets, DNS, Lambda's own errors, names nobody knows: every 10 s for 30 minutes in all. No back-off: a
 * state's retriers never start anew, so hiccups hours apart would wait longer each time, and soon be too many.
 */
export const UNTIL_AWS_IS_WELL: RetryProps = {
  errors: ['States.ALL'],
  interval: Duration.seconds(10),
  backoffRate: 1,
  maxAttempts: 180,
};

/** The operator waits for the message, and the run for the topic: every 10 s for 5 minutes, whatever the error. */
export const UNTIL_TOPIC_ANSWERS: RetryProps = {
  errors: ['States.ALL'],
  interval: Duration.seconds(10),
  backoffRate: 1,
  maxAttempts: 30,
};
