/** Types of what a run reports: to the bucket, to the execution's output, and to the operator. */
import type { ArchiveOutcome, Loss, SkipReason } from './item';
import type { RunInput } from './run';

/** One entry of a report: a log group, a period or part, and its outcome. */
export interface ReportEntry extends Omit<ArchiveOutcome, 'status'> {
  /** `LOST`: the period had events, and none of them can be archived any more. */
  status: ArchiveOutcome['status'] | 'LOST' | 'PLANNED';
  /** Error name of a failure, reason of a skip, or cause of a loss; `null` if archived or planned. */
  error: string | null;
  /** Message of a failure, usually AWS's, at most 1,000 characters; `null` unless `status` is `FAILED`. */
  cause: string | null;
  /** Ranges of the period that can no longer be archived. */
  losses: Loss[];
  storedBytes: number | null;
}

/** A loss of a log group. The status of its period keeps it for good. Persisted. */
export interface PeriodLoss extends Loss {
  logGroupName: string;
  /** ISO 8601: the run that reported the loss. */
  reportedAt: string;
  /** ARN of the execution that reported the loss. */
  execution: string;
}

/** Something that may lead to a loss, or to an archive without the log groups that its author meant. Persisted. */
export interface ArchiveWarning {
  type: 'LogGroupNeverSeen' | 'EmptySelection' | 'RetentionTooShort' | 'ExportsTooSlow';
  /** Name of the log group, or the selection as JSON; empty for `ExportsTooSlow`. */
  subject: string;
  message: string;
}

/** A foreign export task, and how long it held the slot during the run. */
export interface SlotHolder {
  taskId: string;
  logGroupName: string;
  seconds: number;
}

/** An export task of ours whose objects are not part of the archive. Readers ignore them. */
export interface OrphanedTask {
  taskId: string;
  logGroupName: string;
  period: string;
  destinationPrefix: string;
  why: string;
}

/** Estimate of a dry run. */
export interface DryRunEstimate {
  /** Number of log groups × periods that would be exported. */
  exports: number;
  /**
   * Total bytes stored in those log groups, not just in the archived periods.
   *
   * CloudWatch Logs updates the value hours late.
   */
  storedBytes: number;
  /** Approximate number of billed state transitions. */
  stateTransitions: number;
  /** Approximate hours of export time, from the durations in recent receipts; `null`: no receipt shows a duration. */
  exportHours: number | null;
}

/** Capacity of the export slot, from the durations in recent receipts. */
export interface SlotForecast {
  /** Export time that one day of logs takes, in hours. From 24 hours, the archiver cannot keep up. */
  exportHoursPerDay: number;
  message: string;
}

/** Full record of a run, under its `reportKey`. Persisted. */
export interface ArchiveReport {
  format: 2;
  archiver: string;
  account: string;
  region: string;
  timeZone: string;
  execution: string;
  /** ISO 8601. */
  startedAt: string;
  finishedAt: string;
  /** The run's input. */
  request: RunInput;
  status: ArchiveSummary['status'];
  archived: number;
  skipped: number;
  failed: number;
  lost: number;
  plan: DryRunEstimate | null;
  forecast: SlotForecast | null;
  /** Losses that no earlier run reported. */
  newLosses: PeriodLoss[];
  /** Warnings that no earlier run reported. */
  warnings: ArchiveWarning[];
  slotHolders: SlotHolder[];
  leftovers: OrphanedTask[];
  items: ReportEntry[];
}

/** Output of an execution, and the Cause of one that failed. */
export interface ArchiveSummary {
  /** `INCOMPLETE`: an entry has status `FAILED`. `LOSS`: none has, and the run found a loss that no earlier run reported. */
  status: 'COMPLETE' | 'LOSS' | 'INCOMPLETE' | 'DRY_RUN';
  /** First and last period. */
  periods: string[];
  archived: number;
  skipped: number;
  failed: number;
  lost: number;
  /** First losses that no earlier run reported; the report has all of them. */
  newLosses: PeriodLoss[];
  /** First warnings that no earlier run reported; the report has all of them. */
  warnings: ArchiveWarning[];
  forecast: SlotForecast | null;
  /** Key of the report, which has every log group of every period. */
  reportKey: string;
  /** First failures and lost entries; in a dry run, also the first planned exports. */
  first: ReportEntry[];
  /** `null` unless it was a dry run. */
  plan: DryRunEstimate | null;
  /** Cause of the failed execution: failures and new losses in words, at most 32,768 characters. */
  cause: string;
  /** Message to the operator; `null` unless there is a failure, a new loss or a new warning. */
  notification: ArchiveNotification | null;
}

/** An email to the operator: plain text, without secrets. */
export interface ArchiveNotification {
  /** Printable ASCII, fewer than 100 characters: the limit of Amazon SNS. */
  subject: string;
  /** At most 16 KiB. */
  message: string;
}

/** Metrics that the planner writes. Alarms and dashboards use the names. */
export interface RunMetrics {
  /** Hours since the end of the oldest unfinished period; 0: there is none. */
  OldestIncompleteHours: number;
  /** Number of unfinished log groups × periods. */
  Backlog: number;
  /** Number of log groups of which retention removes an unfinished event within three days, or has begun to. */
  LogGroupsAtRisk: number;
  /** Number of losses that no earlier run reported. */
  Losses: number;
  /** Size of the objects of the receipts that the run wrote. */
  ArchivedBytes: number;
  /** Share of the run's time in which exports of archivers used the export slot. */
  SlotUse: number;
  /** Time for which foreign tasks held the export slot. */
  SlotWaitSeconds: number;
}

/** Status of a period, under its `periodStatusKey`. Written by each run over all log groups. Persisted. */
export interface PeriodStatus {
  format: 2;
  period: string;
  /**
   * `COMPLETE`: every log group is archived, or skipped because there is nothing to archive. `COMPLETE_WITH_LOSS`: the
   * same, except for `losses`. `INCOMPLETE`: an entry has status `FAILED`. `EMPTY`: no log group exists or was ever seen.
   */
  status: 'COMPLETE' | 'COMPLETE_WITH_LOSS' | 'INCOMPLETE' | 'EMPTY';
  /** Whether `status` is `COMPLETE`. */
  complete: boolean;
  /** Number of log groups with a receipt in force, regardless of which run wrote it. */
  archived: number;
  /** Number of log groups by skip reason. */
  skipped: Partial<Record<SkipReason, number>>;
  failed: number;
  /** Number of log groups of which nothing can be archived any more. */
  lost: number;
  /** Objects and bytes of all receipts in force. */
  objects: number;
  bytes: number;
  /** Every loss of the period, also those of earlier runs. */
  losses: PeriodLoss[];
  /** First failures; the report has all of them. */
  failures: ReportEntry[];
  /** Warnings about log groups of the period. */
  warnings: ArchiveWarning[];
  /** ISO 8601. */
  asOf: string;
  /** ARN of the execution. */
  execution: string;
  reportKey: string;
}
