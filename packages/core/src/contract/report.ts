/** Types of what a run reports: to the bucket, to the execution's output, and to the operator. */
import type { ArchiveOutcome } from './item';
import type { RunInput } from './run';

/** One entry of a report: a log group, a period or part, and its outcome. */
export interface ReportEntry extends Omit<ArchiveOutcome, 'status'> {
  status: ArchiveOutcome['status'] | 'PLANNED';
  daysLost: number | null;
  storedBytes: number | null;
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
}

/** Full record of a run, under its `reportKey`. Persisted. */
export interface ArchiveReport {
  format: 1;
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
  plan: DryRunEstimate | null;
  atRisk: ReportEntry[];
  slotHolders: SlotHolder[];
  leftovers: OrphanedTask[];
  items: ReportEntry[];
}

/** Output of an execution, and the Cause of one that failed. */
export interface ArchiveSummary {
  status: 'COMPLETE' | 'INCOMPLETE' | 'DRY_RUN';
  /** First and last period. */
  periods: string[];
  archived: number;
  skipped: number;
  failed: number;
  /** Number of log groups × periods, archived or planned, that had lost days before the export began. */
  atRisk: number;
  /** Key of the report, which has every log group of every period. */
  reportKey: string;
  /** First failures; in a dry run, also the first planned exports. */
  first: ReportEntry[];
  /** `null` unless it was a dry run. */
  plan: DryRunEstimate | null;
  /** Cause of the failed execution: the failures in words, at most 32,768 characters. */
  cause: string;
  /** Message to the operator; `null` unless an entry has status `FAILED`. */
  notification: ArchiveNotification | null;
}

/** An email to the operator: plain text, without secrets. */
export interface ArchiveNotification {
  /** Printable ASCII, fewer than 100 characters: the limit of Amazon SNS. */
  subject: string;
  /** At most 16 KiB. */
  message: string;
}

/** Status of a period, under its `periodStatusKey`. Written by each run over all log groups. Persisted. */
export interface PeriodStatus {
  format: 1;
  period: string;
  /** Whether no entry has status `FAILED`. */
  complete: boolean;
  archived: number;
  skipped: number;
  failed: number;
  /** First failures; the report has all of them. */
  failures: ReportEntry[];
  /** ISO 8601. */
  asOf: string;
  /** ARN of the execution. */
  execution: string;
  reportKey: string;
}
