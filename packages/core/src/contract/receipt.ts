/** The objects that prove an archive. Their format is persisted: never change the meaning of a field. */
import type { LogGroupProperties, Loss } from './item';

/** One export task in a receipt. */
export interface ReceiptTask {
  taskId: string;
  /** ISO 8601, first and last millisecond. */
  from: string;
  to: string;
  objects: number;
  bytes: number;
  /** Digest of the names, sizes and ETags of its objects, see `foldObject`. */
  digest: string;
  /** First and last object below `<destinationPrefix>/<taskId>/`; `null`: no objects. */
  firstObject: string | null;
  lastObject: string | null;
}

/** Reference to a receipt that was written earlier. */
export interface ReceiptReference {
  key: string;
  /** SHA-256 of the receipt's object, in hexadecimal. */
  sha256: string;
}

/** Proof of one log group and period. Written once. */
export interface ArchiveReceipt {
  format: 3;
  archiver: string;
  account: string;
  region: string;
  logGroupName: string;
  timeZone: string;
  period: string;
  /** ISO 8601, first and last millisecond of the period. */
  from: string;
  to: string;
  s3BucketName: string;
  destinationPrefix: string;
  /** Export tasks whose objects, below `<destinationPrefix>/<taskId>/`, hold all events of the period. */
  tasks: ReceiptTask[];
  /** ISO 8601: creation of the first export task. */
  startedAt: string;
  /** ISO 8601: when the receipt was written. */
  finishedAt: string;
  /** ISO 8601: events that were ingested later may be missing. */
  completeAsOf: string;
  /** The log group when its last part was exported, with the shortest retention since the run started. */
  logGroup: LogGroupProperties;
  /** Ranges of the period that the tasks cannot contain, by cause. Empty: none. */
  losses: Loss[];
  /** `OBJECTS`: the tasks wrote objects. `NO_EVENTS`: no objects, and the log group has no event in the period. */
  evidence: 'OBJECTS' | 'NO_EVENTS';
  /** Receipt of the log group's period before this one, if it had one; `null`: none. A removed receipt leaves a gap. */
  previous: ReceiptReference | null;
  /** ARN of the execution. */
  execution: string;
  forced: boolean;
}

/** Objects of a task as its receipt counts them. */
export type CountedObjects = Pick<ReceiptTask, 'objects' | 'bytes' | 'digest' | 'firstObject' | 'lastObject'>;

/** Record of one exported part. Kept until all parts of the period have one, and the receipt lists them. */
export interface PartRecord extends ReceiptTask {
  /** ISO 8601: creation of the export task. */
  createdAt: string;
  evidence: ArchiveReceipt['evidence'];
  /** Ranges of the period that were gone before the task ended. */
  losses: Loss[];
  /** ARN of the execution. */
  execution: string;
}
