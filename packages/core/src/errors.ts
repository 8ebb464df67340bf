/**
 * Errors that are part of the contract: the state machine matches them by `name`.
 *
 * The name is a literal, never `constructor.name`: the contract must not depend on a bundler or on a renamed class.
 */
export abstract class NamedError extends Error {
  public abstract override readonly name: string;
}

/** A field of the input or of a request is invalid; nothing was written. The message has the field, the rule and the value. */
export class InvalidArchiveRequest extends NamedError {
  public override readonly name = 'InvalidArchiveRequest';
}

/** The log group does not exist. */
export class LogGroupNotFound extends NamedError {
  public override readonly name = 'LogGroupNotFound';
}

/** Another export task holds the slot: CloudWatch Logs has one per account and Region. The message names the holder. */
export class ExportSlotBusy extends NamedError {
  public override readonly name = 'ExportSlotBusy';
}

/** Another export task holds the slot, and the run has used up its time to wait. */
export class ExportSlotUnavailable extends NamedError {
  public override readonly name = 'ExportSlotUnavailable';
}

/** CloudWatch Logs has no task of this id. It returns an empty list for an unknown id. */
export class ExportTaskNotFound extends NamedError {
  public override readonly name = 'ExportTaskNotFound';
}

/** The task ended, or still ran, after the 24 hours that AWS gives it. The same export would fail again. */
export class ExportTaskGivenUp extends NamedError {
  public override readonly name = 'ExportTaskGivenUp';
}

/** A completed task wrote no object, although the log group has an event in the range. */
export class ArchiveEmpty extends NamedError {
  public override readonly name = 'ArchiveEmpty';
}

/** A completed task wrote objects, but none for a log stream that has events in the range. */
export class ArchivePartial extends NamedError {
  public override readonly name = 'ArchivePartial';
}

/** CloudWatch Logs refused to say whether the log group has events that the export should contain. */
export class EvidenceRefused extends NamedError {
  public override readonly name = 'EvidenceRefused';
}

/** The export task in CloudWatch Logs is not the one that the request describes. No receipt was written. */
export class ExportTaskMismatch extends NamedError {
  public override readonly name = 'ExportTaskMismatch';
}

/** An object at the key of a receipt or part record is not one that an archiver wrote for this key. */
export class ReceiptInvalid extends NamedError {
  public override readonly name = 'ReceiptInvalid';
}

/**
 * `RecordArchive` needs another invocation. The message is its progress in JSON, which the state machine passes back.
 *
 * A recording that ends in one invocation costs no extra state transition. A field of the result would need a Choice.
 */
export class RecordingUnfinished extends NamedError {
  public override readonly name = 'RecordingUnfinished';
}

/** Every status of an export task except `COMPLETED`. */
export type UncompletedStatus = 'PENDING' | 'RUNNING' | 'PENDING_CANCEL' | 'FAILED' | 'CANCELLED';

/** An export task that is not completed. Its status is the error name, because the state machine retries by name. */
export class ExportTaskNotCompleted extends NamedError {
  constructor(
    public override readonly name: UncompletedStatus,
    message: string,
  ) {
    super(message);
  }
}

/** Error names that the state machine may match. */
export type NamedErrorName =
  | InvalidArchiveRequest['name']
  | LogGroupNotFound['name']
  | ExportSlotBusy['name']
  | ExportSlotUnavailable['name']
  | ExportTaskNotFound['name']
  | ExportTaskGivenUp['name']
  | ArchiveEmpty['name']
  | ArchivePartial['name']
  | EvidenceRefused['name']
  | ExportTaskMismatch['name']
  | ReceiptInvalid['name']
  | RecordingUnfinished['name']
  | ExportTaskNotCompleted['name']
  | AwsErrorName;

/** AWS errors that a retry cannot fix. `AccessDenied` is S3's name for `AccessDeniedException`. */
export type AwsErrorName = 'AccessDeniedException' | 'AccessDenied' | 'InvalidParameterException';

/** Formats a value for the end of a message: as JSON, `undefined` as it is. */
export function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
