/** Types of one export, from the item to its outcome. */
import type { RunContext } from './run';

/** One export: a log group and a period, or a part of a period whose export AWS gave up. */
export interface ArchiveItem {
  logGroupName: string;
  s3Prefix: string;
  /** `2026-10` or `2026-10-31`. */
  period: string;
  /** First and last millisecond of the period. */
  periodFrom: number;
  periodTo: number;
  /** First and last millisecond of the export. They differ from the period in a part, or when retention cut the start. */
  from: number;
  to: number;
  /** Key below which AWS writes `<taskId>/<log stream>/000000.gz`. */
  destinationPrefix: string;
  /** Export tasks that were created earlier are not adopted. */
  adoptAfter: number | null;
  retentionInDays: number | null;
  /** Number of days of the period that were gone before the export began; `null`: none. */
  daysLost: number | null;
  force: boolean;
  attempt: 1 | 2;
  /** Length of the parts into which the period was split; `null`: not split. */
  part: 'DAY' | 'HOUR' | null;
  /** Until then, the item waits while foreign tasks hold the slot. */
  slotDeadline: number;
}

/** Request to `ExportLogToS3`. */
export interface ExportLogToS3Request {
  item: ArchiveItem;
  s3BucketName: string;
}

/** Response of `ExportLogToS3`, and request to `CheckExportTask`. */
export interface ExportTask {
  logGroupName: string;
  s3BucketName: string;
  destinationPrefix: string;
  taskId: string;
}

/** Response of `CheckExportTask`. Every other status is an error of that name. */
export interface CompletedExportTask extends ExportTask {
  status: 'COMPLETED';
  createdAt: number;
  completedAt: number;
}

/** Request to `RecordArchive`: count the objects of a completed task, and write the receipt. */
export interface RecordArchiveRequest extends RunContext {
  item: ArchiveItem;
  task: CompletedExportTask;
  /** Progress of the previous call; `null`: first call. */
  progress: RecordProgress | null;
}

/** Position from which `RecordArchive` continues: a task can have millions of objects. */
export interface RecordProgress {
  /** Objects of the task, without `aws-logs-write-test`. */
  objects: number;
  bytes: number;
  /** Last counted key; `null`: none yet. */
  lastKey: string | null;
  /** Whether all objects are counted. */
  isCounted: boolean;
  /** Token from which the search for an event of an empty export continues; `null`: from the start. */
  searchToken: string | null;
}

/** Response of `RecordArchive`. */
export interface RecordedArchive {
  /** Whether the item is recorded. If not, the state machine calls again with `progress`. */
  isDone: boolean;
  progress: RecordProgress;
  /** Reason why no receipt lists the task, such as an earlier receipt of another run; `null`: the receipt lists it. */
  leftover: string | null;
}

/** End of an item. The Cause of a failure stays in the item's own execution. */
export interface ArchiveOutcome {
  logGroupName: string;
  period: string;
  from: number;
  to: number;
  status: 'ARCHIVED' | 'SKIPPED' | 'FAILED';
  /** Error name of a failure, or reason of a skip; `null` if archived. */
  error: string | null;
  /** `null` if no export task was started. */
  taskId: string | null;
  destinationPrefix: string | null;
  leftover: string | null;
}

/** Reason why an item is not exported. */
export type SkipReason =
  | 'AlreadyArchived'
  /** Forced: the item has a receipt, and retention has removed some of the period since. */
  | 'LessThanArchived'
  | 'CreatedLater'
  | 'ClassNotExportable'
  | 'LogGroupNotFound'
  /** The whole period is older than the log group's retention. */
  | 'RetentionExpired';
