/**
 * Requests and responses of the verifier's functions.
 *
 * An absent field travels as `null`, because a JSONPath in the state machine cannot skip a field.
 */
import type { ArchivedPeriod, ArchiverPeriod, VerificationRun } from './keys';
import type { FoldedTask } from './receipts/fold-task';

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

/** Period of the run, in `_verified/runs/<id>/periods.json`. */
export interface PlannedPeriod extends ArchivedPeriod {
  /** Folders of receipts: one for each time zone. */
  folders: string[];
  /** Archivers that have a status or a statement of the period. */
  archivers: string[];
}

/** Archiver of the bucket, in `_verified/runs/<id>/archivers.json`. */
export interface FoundArchiver extends Omit<ArchiverPeriod, 'period'> {
  /** Key of the period status that was written last. */
  newestStatus: string;
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

/** Results of one call of `verifyReceipts`, in S3. */
export interface BatchResults {
  format: 1;
  /** Number of verified receipts. */
  receipts: number;
  /** Number of receipts whose objects the bucket has expired. Their objects were not compared. */
  expired: number;
  objects: number;
  bytes: number;
  findings: Finding[];
}

/** Request to write the statements of a run. */
export interface WriteStatementsRequest {
  run: VerificationRun;
  /** Accounts and Regions that must have an archiver. */
  expect: ExpectedArchiver[];
  /** ARN of the KMS key that signs; `null`: statements are not signed. */
  signingKey: string | null;
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
  /** Number of archivers by status; `null` until the table is written. */
  archivers: Record<VerifiedStatus, number> | null;
}

/** Status of a period or an archiver, worst first. */
export const VERIFIED_STATUSES = [
  /** The archive differs from its records. */
  'TAMPERED',
  /** The account and Region are expected to have an archiver, and none has ever reported. */
  'MISSING',
  /** A log group failed, or no run over all log groups has ended. */
  'INCOMPLETE',
  /** The archiver has not reported for 3 days. */
  'STALE',
  'COMPLETE_WITH_LOSS',
  'COMPLETE',
  'EMPTY',
] as const;

export type VerifiedStatus = (typeof VERIFIED_STATUSES)[number];
