/** Types of the verifier: its runs, and the requests and responses of its functions. */
import type { CountedObjects } from './receipt';
import type { ArchiveNotification } from './report';

/** One execution of the verifier. */
export interface VerificationRun {
  /** Name of the execution. Its files are below `_verified/runs/<id>/`. */
  id: string;
  /** ISO 8601. */
  startedAt: string;
}

/** Request to plan a run. */
export interface PlanVerificationRequest {
  run: VerificationRun;
  /** `keyPrefix` of each archiver of the bucket; `null`: finds the archivers of an archive bucket. */
  keyPrefixes: string[] | null;
  /** Every receipt is verified at least once in this number of days, more than `runEveryDays`. */
  verifyEveryDays: number;
  /** Days between two runs. */
  runEveryDays: number;
}

/** Response: number of folders and periods of the run. Their lists are in S3, so that they can have any size. */
export interface VerificationPlan {
  /** Number of folders in `foldersKey`. An ItemReader over none is not documented: skip the Map if it is 0. */
  folders: number;
  /** JSON array of `FolderItem`. */
  foldersKey: string;
  periods: number;
}

/** Item of the Map over folders. */
export interface FolderItem {
  /** Prefix of the receipts of a period, with a `/` at the end. */
  folder: string;
}

/** Object of a receipt, as an ItemReader lists it. */
export interface ListedReceipt {
  Key: string;
  Size: number;
}

/** Request to verify a batch of receipts of one folder. */
export interface VerifyReceiptsRequest {
  run: VerificationRun;
  folder: string;
  items: ListedReceipt[];
  /** Days after which the bucket expires the objects of the archive; `null`: never. Expired objects are not findings. */
  retentionDays: number | null;
  /** Progress of the previous call; `null`: first call. */
  progress: VerifyProgress | null;
}

/** Position from which `verifyReceipts` continues: a receipt can have millions of objects. */
export interface VerifyProgress {
  /** Number of verified receipts of the batch. */
  verified: number;
  /** Position within the next receipt; `null`: not started. */
  position: ReceiptPosition | null;
}

/** Position within a receipt. */
export interface ReceiptPosition {
  /** Index of the task whose objects are counted. */
  task: number;
  folded: FoldedTask;
  /** Totals of the tasks before it. */
  objects: number;
  bytes: number;
  findings: Finding[];
}

/** Objects of an export task, as far as they are counted. */
export interface FoldedTask extends CountedObjects {
  /** Last listed key; `null`: none yet. */
  lastKey: string | null;
  /** Whether all objects are counted. */
  isFolded: boolean;
}

/** Response: numbers only, so that the results of all batches fit into the state machine. */
export interface VerifiedReceipts {
  /** Whether the batch is verified. If not, the state machine calls again with `progress`. */
  isDone: boolean;
  progress: VerifyProgress;
}

export type FindingType =
  /** The object is not a receipt that an archiver wrote for its key. */
  | 'ReceiptInvalid'
  /** A receipt that the archiver has counted does not exist. */
  | 'ReceiptMissing'
  /** A receipt that the archiver has counted has other contents now. */
  | 'ReceiptReplaced'
  /** A task has fewer objects than its receipt says. */
  | 'ObjectsMissing'
  /** A task has more objects than its receipt says. */
  | 'ObjectsAdded'
  /** A task has as many objects as its receipt says, and at least one has another name, size or content. */
  | 'ObjectsReplaced'
  /** The receipt of the period before that a receipt names does not exist. */
  | 'PreviousMissing'
  /** The receipt of the period before that a receipt names has other contents, or belongs to something else. */
  | 'PreviousChanged'
  /** The status of the period is not one that an archiver wrote. */
  | 'StatusInvalid'
  /** The archiver has no status of the period, although an earlier statement describes one. */
  | 'StatusMissing';

/** A difference between the archive and its records. */
export interface Finding {
  type: FindingType;
  /** Key of the receipt or period status. */
  key: string;
  message: string;
}

/** Request to write the statements of a run. */
export interface WriteStatementsRequest {
  run: VerificationRun;
  /** Name of the state machine, which identifies the verifier in its metrics. */
  verifier: string;
  /** Accounts and Regions that must have an archiver. */
  expect: ExpectedArchiver[];
  /** Buckets of other verifiers, whose tables become part of this one. */
  otherBuckets: string[];
  /** ARN of the KMS key that signs. */
  signingKey: string;
  /** Progress of the previous call; `null`: first call. */
  progress: StatementsProgress | null;
}

export interface StatementsProgress {
  /** Number of periods of the run that are processed. */
  periods: number;
  /** Number of periods among them whose receipts are not all verified. Their earlier statements stay in force. */
  unverified: number;
}

export interface ExpectedArchiver {
  account: string;
  region: string;
}

/** Response of `writeStatements`. */
export interface WrittenStatements {
  /** Whether all statements and the table are written. If not, the state machine calls again with `progress`. */
  isDone: boolean;
  progress: StatementsProgress;
  /** `null` until the table is written. */
  summary: VerificationSummary | null;
}

/** Summary of a run of the verifier. */
export interface VerificationSummary {
  /** `NOT_VERIFIED`: an archiver is at fault, or something could not be verified. */
  status: 'VERIFIED' | 'NOT_VERIFIED';
  /** Number of archivers by status. */
  archivers: Record<VerifiedStatus, number>;
  /** Number of archivers at fault: `TAMPERED`, or expected and `MISSING`, `INCOMPLETE` or `STALE`. */
  atFault: number;
  /** Number of periods whose receipts could not all be verified. */
  unverified: number;
  /** Number of other verifiers without a table of the last 40 days. */
  lateVerifiers: number;
  /** Key of the page with the table of all archivers. */
  page: string;
  /** Worst archivers first; `null`: the archive is verified. */
  cause: string | null;
  /** `null`: the archive is verified. */
  notification: ArchiveNotification | null;
}

/** Metrics of a run of the verifier. Alarms use the names. */
export interface VerificationMetrics {
  /** Number of archivers at fault, of periods whose receipts could not all be verified, and of late verifiers. */
  VerificationFaults: number;
}

/** Status of a period or an archiver. */
export type VerifiedStatus =
  /** The archive differs from its records. */
  | 'TAMPERED'
  /** The account and Region are expected to have an archiver, and none has ever reported. */
  | 'MISSING'
  /** A log group failed, or no run over all log groups has ended. */
  | 'INCOMPLETE'
  /** The archiver has not reported for 3 days. */
  | 'STALE'
  | 'COMPLETE_WITH_LOSS'
  | 'COMPLETE'
  | 'EMPTY';
