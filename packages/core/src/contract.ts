/**
 * What the parts of LogArchiver say to each other: types only, and said only here.
 *
 * A field that is absent travels as `null`: a JSONPath in the state machine cannot skip a field. Times are milliseconds
 * since the epoch unless they say that they are ISO 8601.
 */

/** How long a period is. */
export type Frequency = 'MONTHLY' | 'DAILY';

/** A log group, and where below the period's folder its objects go. */
export interface LogGroupTarget {
  logGroupName: string;
  /** `null`: derived from the name, see `defaultS3Prefix`. */
  s3Prefix: string | null;
}

/** Which log groups, as it is asked when a run starts. */
export type LogGroupFilter =
  | { by: 'NAME'; logGroupNames: string[] }
  | { by: 'PREFIX'; prefix: string }
  /** A part of the name, as it is written. */
  | { by: 'PATTERN'; pattern: string }
  /** A tag that has one of the values; without any, the tag alone. */
  | { by: 'TAG'; key: string; values: string[] }
  | { by: 'ALL' };

/** Log groups that are looked for when a run starts, so that new ones are archived without a deployment. */
export interface LogGroupSelector {
  of: LogGroupFilter;
  excluding: LogGroupFilter[];
}

/** The input of an execution. It overrides the definition's defaults; nothing else can be overridden: the rest is bound by IAM. */
export interface ArchiveRequest {
  /** ISO 8601. Periods are counted back from this instant. Default: when the execution started. */
  scheduledTime?: string;
  /**
   * `2026-10`, `2026-10-31`, or the first and the last of several: `2025-01/2025-12`. Default: the `lookback` periods that
   * ended last, each at least the `settleTime` before `scheduledTime`, and what no scheduled run has looked at before them.
   */
  period?: string | null;
  /** Default: the log groups of the definition. */
  logGroups?: LogGroupTarget[];
  /** Says what would be done, and exports nothing. Default: false. */
  dryRun?: boolean;
  /** Archives again what is archived already, by new export tasks. Default: false. */
  force?: boolean;
}

/** What the definition binds: no execution can override it. */
export interface ArchiveParameters {
  account: string;
  region: string;
  s3BucketName: string;
  /** Empty: none. */
  keyPrefix: string;
  /** An IANA time zone, which decides where a period begins and ends. */
  timeZone: string;
  frequency: Frequency;
  /** How long after its end a period is archived. */
  settleHours: number;
  /** How many of the periods that ended last are looked at. */
  lookback: number;
  /** Of the construct: `cdk-log-archiver 1.2.3`. */
  archiver: string;
}

/** The execution that archives. */
export interface ArchiveExecution {
  /** Its ARN. */
  id: string;
  name: string;
  /** ISO 8601. */
  startedAt: string;
  stateMachineArn: string;
}

/** What `PlanArchive` is asked: for the next page of work. */
export interface PlanArchiveRequest {
  parameters: ArchiveParameters;
  execution: ArchiveExecution;
  /** The input of the execution, as it was given. */
  request: ArchiveRequest;
  /** The log groups that the definition names. */
  logGroups: LogGroupTarget[];
  selectors: LogGroupSelector[];
  /** The archiver's own log groups, which no selector finds. */
  ownLogGroupNames: string[];
  /** The number of the last page; 0 at the start. */
  page: number;
  /** What became of the last page, by item in any order. What is no outcome (a child that died) is passed over. */
  outcomes: ArchiveOutcome[];
}

/** What `PlanArchive` answers. */
export interface ArchivePage {
  next: 'ARCHIVE' | 'WAIT' | 'REPORT' | 'STAND_ASIDE';
  number: number;
  /** What is to be exported next; empty unless `next` is ARCHIVE, and now and then even so. */
  items: ArchiveItem[];
  /** ISO 8601; `null` unless `next` is WAIT. */
  waitUntil: string | null;
  /** The execution that is at work already; `null` unless `next` is STAND_ASIDE. */
  standsAsideFor: string | null;
  /** What the run came to; `null` unless `next` is REPORT. */
  summary: ArchiveSummary | null;
}

/** One export: a log group and a period, or a part of it where an export of the whole was given up by AWS. */
export interface ArchiveItem {
  logGroupName: string;
  s3Prefix: string;
  /** `2026-10` or `2026-10-31`. */
  period: string;
  /** The first and the last millisecond of the period. */
  periodFrom: number;
  periodTo: number;
  /** The first and the last millisecond of what is exported: the period, unless it is a part or cut to what is retained. */
  from: number;
  to: number;
  /** The key below which AWS writes `<taskId>/<log stream>/000000.gz`. */
  destinationPrefix: string;
  /** An export task that was created earlier is not taken for this one's. */
  adoptAfter: number | null;
  retentionInDays: number | null;
  /** How many days of the period were gone before the export began; `null`: none. */
  daysLost: number | null;
  force: boolean;
  attempt: 1 | 2;
  /** How long the parts are into which the period was split; `null`: it was not. */
  part: 'DAY' | 'HOUR' | null;
  /** Until when a slot that others hold is waited for. */
  slotDeadline: number;
}

/** What is the same for every item of a page. */
export interface ArchiveRun {
  parameters: ArchiveParameters;
  execution: ArchiveExecution;
}

/** What `ExportLogToS3` is asked. */
export interface ExportLogToS3Request {
  item: ArchiveItem;
  s3BucketName: string;
}

/** What `ExportLogToS3` answers, and `CheckExportTask` is asked. */
export interface ExportTask {
  logGroupName: string;
  s3BucketName: string;
  destinationPrefix: string;
  taskId: string;
}

/** What `CheckExportTask` answers. Every other status is an error of that name. */
export interface CompletedExportTask extends ExportTask {
  status: 'COMPLETED';
  createdAt: number;
  completedAt: number;
}

/** What `RecordArchive` is asked: to look at the objects of a completed task, and to write the receipt. */
export interface RecordArchiveRequest extends ArchiveRun {
  item: ArchiveItem;
  task: CompletedExportTask;
  /** How far it got the last time. */
  progress: RecordProgress | null;
}

/** Where `RecordArchive` goes on: there can be millions of objects. */
export interface RecordProgress {
  /** Objects of the task, without `aws-logs-write-test`. */
  objects: number;
  bytes: number;
  /** The last key that was counted; `null`: none yet. */
  lastKey: string | null;
  /** Whether all objects have been counted. */
  isCounted: boolean;
  /** Where the search for one event of a period without objects goes on; `null`: at its start. */
  searchToken: string | null;
}

/** What `RecordArchive` answers. */
export interface RecordedArchive {
  /** Whether there is nothing left to do: until then it is asked again with `progress`. */
  isDone: boolean;
  progress: RecordProgress;
  /** Why the task's objects are not those of the receipt: another run's receipt was there first. `null`: they are. */
  leftover: string | null;
}

/** What became of one item. The Cause of a failure stays in the item's own execution. */
export interface ArchiveOutcome {
  logGroupName: string;
  period: string;
  from: number;
  to: number;
  status: 'ARCHIVED' | 'SKIPPED' | 'FAILED';
  /** The name of the error that ended it, or the reason why it was skipped; `null` when it was archived. */
  error: string | null;
  /** `null` when no export task was started. */
  taskId: string | null;
  destinationPrefix: string | null;
  leftover: string | null;
}

/** Why a log group is not exported, and need not be. */
export type SkipReason =
  | 'AlreadyArchived'
  /** By force: there is a receipt, and retention has taken some of the period by now. */
  | 'LessThanArchived'
  | 'CreatedLater'
  | 'ClassNotExportable'
  | 'LogGroupNotFound'
  /** All of the period is older than what the log group retains. */
  | 'RetentionExpired';

/** What a run comes to: the output of the execution, and the Cause of one that FAILED. */
export interface ArchiveSummary {
  status: 'COMPLETE' | 'INCOMPLETE' | 'DRY_RUN';
  /** The first and the last. */
  periods: string[];
  archived: number;
  skipped: number;
  failed: number;
  /** Archived or to be archived, with days lost before the export began. */
  atRisk: number;
  /** The key of the report, which has every log group of every period. */
  reportKey: string;
  /** What failed, and of a dry run what would be done: the first of them. */
  first: ReportedItem[];
  /** `null` unless it was a dry run. */
  plan: ArchivePlan | null;
  /** For the Cause: who failed, in words; at most 32,768 characters. */
  cause: string;
  /** What the operator is told; `null` unless something FAILED. */
  notification: ArchiveNotification | null;
}

/** A message for whoever reads mail: plain text, without a secret. */
export interface ArchiveNotification {
  /** Printable ASCII, fewer than 100 characters, as Amazon SNS has it. */
  subject: string;
  /** At most 16 KiB. */
  message: string;
}

/** What a dry run says would be done. */
export interface ArchivePlan {
  /** Log groups and periods that would be exported. */
  exports: number;
  /** Of their log groups, all that is stored, not that of the periods alone. CloudWatch Logs is hours behind with it. */
  storedBytes: number;
  /** About how many state transitions the run would be billed. */
  stateTransitions: number;
}

/** What the last run for all log groups knows of a period, under its `periodStatusKey`. */
export interface PeriodStatus {
  format: 1;
  period: string;
  /** Whether nothing of it FAILED. */
  complete: boolean;
  archived: number;
  skipped: number;
  failed: number;
  /** The first that FAILED; the report has all. */
  failures: ReportedItem[];
  /** ISO 8601. */
  asOf: string;
  /** The ARN of the execution. */
  execution: string;
  reportKey: string;
}

/** One export task in a receipt. */
export interface ReceiptTask {
  taskId: string;
  /** ISO 8601, the first and the last millisecond. */
  from: string;
  to: string;
  objects: number;
  bytes: number;
}

/** What an auditor asks: one for each log group and period that is archived, written once. */
export interface ArchiveReceipt {
  format: 1;
  archiver: string;
  account: string;
  region: string;
  logGroupName: string;
  timeZone: string;
  period: string;
  /** ISO 8601, the first and the last millisecond of the period. */
  from: string;
  to: string;
  s3BucketName: string;
  destinationPrefix: string;
  /** All events of the period are in the objects of these tasks, below `<destinationPrefix>/<taskId>/`. */
  tasks: ReceiptTask[];
  /** ISO 8601: when the first export task was created, and when this was written. */
  startedAt: string;
  finishedAt: string;
  /** ISO 8601: events that arrived later may be missing. */
  completeAsOf: string;
  retentionInDays: number | null;
  /** How many days of the period at most were gone when they were exported; `null`: none. */
  daysLost: number | null;
  /** OBJECTS: there are some. NO_EVENTS: there are none, and the log group has no event. NOT_ASKED: it could not be asked. */
  evidence: 'OBJECTS' | 'NO_EVENTS' | 'NOT_ASKED';
  /** The ARN of the execution. */
  execution: string;
  forced: boolean;
}

/** One line of a run's report. */
export interface ReportedItem extends Omit<ArchiveOutcome, 'status'> {
  status: ArchiveOutcome['status'] | 'PLANNED';
  daysLost: number | null;
  storedBytes: number | null;
}

/** Somebody else's export task, and how long of the run it held the slot. */
export interface SlotHolder {
  taskId: string;
  logGroupName: string;
  seconds: number;
}

/** An export task of ours whose objects are no part of the archive: a reader leaves them out. */
export interface Leftover {
  taskId: string;
  logGroupName: string;
  period: string;
  destinationPrefix: string;
  why: string;
}

/** All that a run did, under its `reportKey`. */
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
  request: ArchiveRequest;
  status: ArchiveSummary['status'];
  archived: number;
  skipped: number;
  failed: number;
  plan: ArchivePlan | null;
  atRisk: ReportedItem[];
  slotHolders: SlotHolder[];
  leftovers: Leftover[];
  items: ReportedItem[];
}
