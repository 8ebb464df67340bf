/**
 * The errors that are part of the contract: the state machine knows them by `name`, so the name is a literal, never
 * `constructor.name`, which the bundler changes.
 */
abstract class NamedError extends Error {
  public abstract override readonly name: string;
}

/** A parameter of the run is wrong; nothing was written. The message names it, what it is and what is allowed. */
export class InvalidArchiveRequest extends NamedError {
  public override readonly name = 'InvalidArchiveRequest';

  constructor(field: string, value: unknown, allowed: string) {
    super(`${field} must be ${allowed}, got ${JSON.stringify(value) ?? 'nothing'}`);
  }
}

/** The log group does not exist. */
export class LogGroupNotFound extends NamedError {
  public override readonly name = 'LogGroupNotFound';
}

/** Another export task runs: CloudWatch Logs has one slot an account and Region. The message names the holder. */
export class ExportSlotBusy extends NamedError {
  public override readonly name = 'ExportSlotBusy';
}

/** Another export task runs, and the run has waited for the slot as long as a run may. */
export class ExportSlotUnavailable extends NamedError {
  public override readonly name = 'ExportSlotUnavailable';
}

/** AWS knows no task of this id. It answers an unknown id with an empty list. */
export class ExportTaskNotFound extends NamedError {
  public override readonly name = 'ExportTaskNotFound';
}

/** The task FAILED after the 24 hours that AWS gives it: the same export once more would take as long. */
export class ExportTaskGivenUp extends NamedError {
  public override readonly name = 'ExportTaskGivenUp';
}

/** A task COMPLETED and wrote no object, and the log group has an event of the period. */
export class ArchiveEmpty extends NamedError {
  public override readonly name = 'ArchiveEmpty';
}

/** Every status of an export task but COMPLETED. */
export type UncompletedStatus = 'PENDING' | 'RUNNING' | 'PENDING_CANCEL' | 'FAILED' | 'CANCELLED';

/** An export task that is not completed; the status is the error's name, as the state machine waits by name. */
export class ExportTaskNotCompleted extends NamedError {
  constructor(
    public override readonly name: UncompletedStatus,
    message: string,
  ) {
    super(message);
  }
}

/** The names that the state machine may act on. */
export type NamedErrorName =
  | InvalidArchiveRequest['name']
  | LogGroupNotFound['name']
  | ExportSlotBusy['name']
  | ExportSlotUnavailable['name']
  | ExportTaskNotFound['name']
  | ExportTaskGivenUp['name']
  | ArchiveEmpty['name']
  | ExportTaskNotCompleted['name']
  | AwsErrorName;

/** The errors of AWS that waiting does not mend; S3's name for the first is `AccessDenied`. */
export type AwsErrorName = 'AccessDeniedException' | 'AccessDenied' | 'InvalidParameterException';
