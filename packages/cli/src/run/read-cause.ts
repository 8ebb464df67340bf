/** A failure or a loss in the cause of a failed execution. */
export interface CauseEntry {
  readonly logGroupName: string;
  /** Only of a failure. */
  readonly period?: string;
  /** Error name of a failure. */
  readonly error?: string;
  /** Message of a failure, or cause of a loss. */
  readonly cause: string;
  /** ISO 8601, first and last millisecond of a loss. */
  readonly from?: string;
  readonly to?: string;
}

/** Cause of an execution that failed with `ArchiveIncomplete` or `ArchiveLoss`. */
export interface RunCause {
  /** Counts in words. */
  readonly problems: string;
  /** First failures and losses. */
  readonly entries: readonly CauseEntry[];
  readonly reportUrl: string;
  /** Article of the runbook. */
  readonly article: string;
}

const CAUSE =
  /^(?<problems>.*?): (?<entries>\[.*\]); the report is (?<reportUrl>s3:.*?); what to do: (?<article>\S+)$/s;

/** Reads the cause that the planner wrote; `undefined`: the cause has another origin. */
export function readCause(cause = ''): RunCause | undefined {
  const { problems = '', entries = '', reportUrl = '', article = '' } = CAUSE.exec(cause)?.groups ?? {};
  try {
    return { problems, entries: JSON.parse(entries), reportUrl, article };
  } catch {
    return undefined;
  }
}

/** Returns the message of an error of a function, which Step Functions passes on as JSON. */
export function readMessage(cause: string): string {
  try {
    const { errorMessage } = Object(JSON.parse(cause));
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}
