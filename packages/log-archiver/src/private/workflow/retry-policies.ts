import type { NamedErrorName } from '@log-archiver/core';
import { Duration } from 'aws-cdk-lib';
import type { RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import { POLLING_LIMIT_HOURS, SLOT_WAIT_LIMIT_HOURS } from '../core';

/** Retrier of the state machine for errors that the contract names. */
interface NamedRetry extends RetryProps {
  readonly errors: NamedErrorName[];
}

const ATTEMPTS_PER_HOUR = 60;

/** Pauses between two invocations that poll: 2 s, then 5 % longer each time. */
const BETWEEN_POLLS = { interval: Duration.seconds(2), backoffRate: 1.05 };

/**
 * Polls until the export has completed. While the task is young, each invocation polls it for 50 s.
 *
 * An export of 20 s is seen by the first invocation, and one of an hour by the 98th. The first pauses are 50 minutes
 * shorter in all than as many minutes; 60 more attempts make up for them.
 */
export const UNTIL_COMPLETED: NamedRetry = {
  errors: ['PENDING', 'RUNNING', 'PENDING_CANCEL'],
  ...BETWEEN_POLLS,
  maxDelay: Duration.minutes(1),
  maxAttempts: POLLING_LIMIT_HOURS * ATTEMPTS_PER_HOUR + 60,
};

/** Retries while AWS does not show a new task yet: every 5 s for 3 minutes. */
export const UNTIL_TASK_IS_VISIBLE: NamedRetry = {
  errors: ['ExportTaskNotFound'],
  interval: Duration.seconds(5),
  backoffRate: 1,
  maxAttempts: 36,
};

/**
 * Retries while another task holds the slot.
 *
 * Each invocation polls for 41 to 50 s, and the pause after it is at most 20 s, so the slot is idle for at most 20 s.
 * Attempts of a minute last two hours longer than the slot wait limit: the function throws `ExportSlotUnavailable` at
 * the item's `slotDeadline`, which ends them.
 */
export const UNTIL_SLOT_IS_FREE: NamedRetry = {
  errors: ['ExportSlotBusy'],
  ...BETWEEN_POLLS,
  maxDelay: Duration.seconds(20),
  maxAttempts: (SLOT_WAIT_LIMIT_HOURS + 2) * ATTEMPTS_PER_HOUR,
};

/** Retries after the run has used up its time to wait for the slot: every 30 s for 5 minutes, for each item. */
export const LAST_CHANCE_FOR_THE_SLOT: NamedRetry = {
  errors: ['ExportSlotUnavailable'],
  interval: Duration.seconds(30),
  backoffRate: 1,
  maxAttempts: 10,
};

/** Errors that skip an item before its export: a log group that does not exist is not a failure. */
export const SKIPPED_ERRORS = ['LogGroupNotFound'] satisfies NamedErrorName[];

/** Errors after which the same state continues with the error's cause. */
export const CONTINUED_ERRORS = ['RecordingUnfinished'] satisfies NamedErrorName[];

/** Errors that retrying the same call cannot fix. */
export const NEVER: NamedRetry = {
  errors: [
    'FAILED',
    'CANCELLED',
    'ExportTaskGivenUp',
    'ArchiveEmpty',
    'ArchivePartial',
    'EvidenceRefused',
    'ExportTaskMismatch',
    'ReceiptInvalid',
    ...SKIPPED_ERRORS,
    ...CONTINUED_ERRORS,
    'InvalidArchiveRequest',
    'AccessDeniedException',
    'AccessDenied',
    'InvalidParameterException',
  ],
  maxAttempts: 0,
};

/**
 * Retries throttling, 5xx, network and DNS errors, Lambda's own errors and unknown errors: every 10 s for 30 minutes.
 *
 * No backoff: a state's retriers are never reset, so failures hours apart would wait longer each time and soon use up
 * the attempts.
 */
export const UNTIL_AWS_RECOVERS: RetryProps = {
  errors: ['States.ALL'],
  interval: Duration.seconds(10),
  backoffRate: 1,
  maxAttempts: 180,
};

/** Retries publishing a message, whatever the error: every 10 s for 5 minutes, during which the run waits. */
export const UNTIL_TOPIC_ACCEPTS: RetryProps = {
  errors: ['States.ALL'],
  interval: Duration.seconds(10),
  backoffRate: 1,
  maxAttempts: 30,
};
