/** Types of one export, from the item to its outcome. */
import type { RunContext } from './run';

/** Cause of a loss. */
export type LossCause =
  /** Retention removed the events before their export. */
  | 'RetentionExpired'
  /** The log group was deleted before its export. */
  | 'LogGroupDeleted'
  /** The log group was deleted, and then created again. The events of the earlier log group are gone. */
  | 'LogGroupRecreated';

/** Range of a period whose events can no longer be archived. */
export interface Loss {
  cause: LossCause;
  /** ISO 8601, first and last millisecond. */
  from: string;
  to: string;
}

/** Properties of a log group that its receipt records. */
export interface LogGroupProperties {
  /** `STANDARD`, `INFREQUENT_ACCESS`, …: AWS's `logGroupClass`. */
  logGroupClass: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** Effective retention; `null`: events never expire. */
  retentionInDays: number | null;
  /**
   * Instant before which an earlier, shorter retention has removed all events; `null`: none did.
   *
   * A longer retention does not bring them back. Milliseconds since the epoch.
   */
  removedBefore: number | null;
  deletionProtectionEnabled: boolean;
  /** AWS's `dataProtectionStatus`; `null`: the log group has no data protection policy. Exports of masked events stay masked. */
  dataProtectionStatus: string | null;
}

/** One export: a log group and a period, or a part of a period whose export AWS gave up. */
export interface ArchiveItem {
  logGroupName: string;
  s3Prefix: string;
  /** `2026-10` or `2026-10-31`. */
  period: string;
  /** First and last millisecond of the period. */
  periodFrom: number;
  periodTo: number;
  /** Period before, whose receipt the new receipt refers to. */
  previousPeriod: { name: string; from: number; to: number };
  /** First and last millisecond of the export. They differ from the period in a part, or when retention cut the start. */
  from: number;
  to: number;
  /** Key below which AWS writes `<taskId>/<log stream>/000000.gz`. */
  destinationPrefix: string;
  /** Name of the export task. It ends with a hash that outsiders cannot predict. */
  taskName: string;
  /** Export tasks that were created earlier are not adopted. */
  adoptAfter: number | null;
  /** The log group when the run started. */
  logGroup: LogGroupProperties;
  /** Losses of the period that were known when the item was planned. */
  losses: Loss[];
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
  /** ARN. */
  execution: string;
}

/** Response of `ExportLogToS3`, and request to `CheckExportTask`. */
export interface ExportTask {
  logGroupName: string;
  period: string;
  s3BucketName: string;
  destinationPrefix: string;
  taskId: string;
  /** ARN. */
  execution: string;
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
  /** Cause of the previous call's `RecordingUnfinished`, which contains its `RecordProgress`; `null`: first call. */
  progress: string | null;
}

/** Position from which `RecordArchive` continues: a task can have millions of objects. */
export interface RecordProgress {
  /** Objects of the task, without `aws-logs-write-test`. */
  objects: number;
  bytes: number;
  /** Digest of the counted objects, see `foldObject`. */
  digest: string;
  /** First and last counted object below the task's folder; `null`: none yet. */
  firstObject: string | null;
  lastObject: string | null;
  /** Last listed key; `null`: none yet. */
  lastKey: string | null;
  /** Whether all objects are counted. */
  isCounted: boolean;
  /** Position of the search for events that the export should contain; `null`: not started. */
  search: SearchProgress | null;
}

/** Position of a search for events that the export should contain. */
export interface SearchProgress {
  /** `STREAMS`: log streams with events in the range. `EVENTS`: events. `QUERY`: a query of Logs Insights. */
  kind: 'STREAMS' | 'EVENTS' | 'QUERY';
  /** Token of the next page, or id of the query; `null`: from the start. */
  token: string | null;
}

/** End of an item. `RecordArchive` returns that of an archived item. */
export interface ArchiveOutcome {
  logGroupName: string;
  period: string;
  from: number;
  to: number;
  status: 'ARCHIVED' | 'SKIPPED' | 'FAILED';
  /** Error name of a failure, or reason of a skip; `null` if archived. */
  error: string | null;
  /** Cause of a failure, as Step Functions received it: AWS's message, or a JSON text of Lambda; `null` if archived. */
  cause: string | null;
  /** `null` if no export task was started. */
  taskId: string | null;
  destinationPrefix: string | null;
  /** Reason why no receipt lists the task, such as an earlier receipt of another run; `null`: none, or not archived. */
  leftover: string | null;
}

/** Reason why an item is not exported, although nothing failed and nothing is lost. */
export type SkipReason =
  /** The log group was created after the period. */
  | 'CreatedLater'
  | 'ClassNotExportable'
  /** The log group does not exist, and no run has seen it in the period. */
  | 'LogGroupNotFound';
