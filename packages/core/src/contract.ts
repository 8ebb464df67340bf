/**
 * What the parts of LogArchiver say to each other: types only, and said only here.
 *
 * A field that is absent travels as `null`: a JSONPath in the state machine cannot skip a field.
 */

/** How long a period is. */
export type Frequency = 'MONTHLY' | 'DAILY';

/** A log group, and where below the period's folder its objects go. */
export interface LogGroupTarget {
  logGroupName: string;
  /** `null`: derived from the name, see `defaultS3Prefix`. */
  s3Prefix: string | null;
}

/** The input of an execution. It overrides the definition's defaults; nothing else can be overridden: the rest is bound by IAM. */
export interface ArchiveRequest {
  /** ISO 8601. The period before this instant is archived. Default: when the execution started. */
  scheduledTime?: string;
  /** `2026-10` or `2026-10-31`: its form decides its length. Default: the one before `scheduledTime`. */
  period?: string | null;
  /** Default: the log groups of the definition. */
  logGroups?: LogGroupTarget[];
}

/** What is the same for every log group of a run. */
export interface ArchiveRun {
  s3BucketName: string;
  /** Empty: none. */
  keyPrefix: string;
  /** An IANA time zone, which decides where a period begins and ends. */
  timeZone: string;
  frequency: Frequency;
  /** ISO 8601 with 0 to 9 fractional digits. */
  scheduledTime: string;
  period: string | null;
  /** When the run started, ISO 8601. */
  startedAt: string;
}

/** What `ExportLogToS3` is asked: one log group, and the run it belongs to. */
export interface ExportLogToS3Request extends LogGroupTarget, ArchiveRun {}

/** What `ExportLogToS3` answers, and `CheckExportTask` is asked. */
export interface ExportTask {
  logGroupName: string;
  s3BucketName: string;
  s3Prefix: string;
  taskId: string;
  /** The first millisecond of the period, since the epoch. */
  from: number;
  /** The last millisecond of the period, since the epoch. */
  to: number;
  /** The key below which AWS writes `<taskId>/<log stream>/000000.gz`. */
  destinationPrefix: string;
}

/** What `CheckExportTask` answers. Every other status is an error of that name. */
export interface CompletedExportTask extends ExportTask {
  status: 'COMPLETED';
}

/** What became of one log group. The Cause of a failure stays in the log group's own execution. */
export interface ArchiveOutcome {
  logGroupName: string;
  status: 'ARCHIVED' | 'SKIPPED' | 'FAILED';
  /** The name of the error that ended it; `null` when it was archived. */
  error: string | null;
  /** `null` when no export task was started. */
  taskId: string | null;
  destinationPrefix: string | null;
}

/** What a run comes to: the output of the execution when every log group was archived or skipped. */
export interface ArchiveReport {
  outcomes: ArchiveOutcome[];
  /** Whether a log group FAILED. */
  incomplete: boolean;
}
