import type { ArchiveParameters, ArchiveReceipt, PartRecord, ReceiptReference } from '../contract';
import { ReceiptInvalid, show } from '../errors';
import {
  ARRAY,
  BOOLEAN,
  DIGEST,
  type FieldKinds,
  findFieldError,
  ISO_TIME,
  LOG_GROUP_FIELDS,
  LOSS_FIELDS,
  OBJECT,
  oneOf,
  orNull,
  STRING,
  TASK_FIELDS,
} from '../fields';
import { type Period, toIsoTime } from '../periods';
import { isCovered, type Range } from '../ranges';
import { truncate } from '../texts/truncate';

/** Maximum size of a receipt: 745 hours with names of log streams of 512 characters. */
export const MAX_RECEIPT_BYTES = 2 * 1_024 * 1_024;

/** Fields that a receipt must have because of its key. */
export interface ReceiptIdentity
  extends Pick<ArchiveParameters, 'account' | 'region' | 'timeZone' | 's3BucketName'>,
    Pick<ArchiveReceipt, 'logGroupName' | 'destinationPrefix'> {
  period: Period;
  /** Whether the key is that of a receipt that a forced run wrote. */
  forced: boolean;
}

const RECEIPT_FIELDS: FieldKinds<ArchiveReceipt> = {
  format: oneOf(3),
  archiver: STRING,
  account: STRING,
  region: STRING,
  logGroupName: STRING,
  timeZone: STRING,
  period: STRING,
  from: ISO_TIME,
  to: ISO_TIME,
  s3BucketName: STRING,
  destinationPrefix: STRING,
  tasks: ARRAY,
  startedAt: ISO_TIME,
  finishedAt: ISO_TIME,
  completeAsOf: ISO_TIME,
  logGroup: OBJECT,
  losses: ARRAY,
  evidence: oneOf('OBJECTS', 'NO_EVENTS'),
  previous: orNull(OBJECT),
  execution: STRING,
  forced: BOOLEAN,
};

const PART_FIELDS: FieldKinds<PartRecord> = {
  ...TASK_FIELDS,
  createdAt: ISO_TIME,
  evidence: RECEIPT_FIELDS.evidence,
  losses: ARRAY,
  execution: STRING,
};

const REFERENCE_FIELDS: FieldKinds<ReceiptReference> = { key: STRING, sha256: DIGEST };

/**
 * Parses a receipt. Throws `ReceiptInvalid` unless an archiver can have written it for this log group and period.
 *
 * The objects of its tasks are not read: the verifier compares them with the digests.
 */
export function parseReceipt(text: string, identity: ReceiptIdentity): ArchiveReceipt {
  const receipt = parseObject<ArchiveReceipt>(text);
  const error = findShapeError(receipt) ?? findIdentityError(receipt, identity) ?? findRangeError(receipt);
  if (error !== undefined) {
    throw new ReceiptInvalid(truncate(error));
  }
  return receipt;
}

/** Parses a part record. Throws `ReceiptInvalid` unless an archiver can have written it for this range. */
export function parsePartRecord(text: string, { from, to }: Range): PartRecord {
  const record = parseObject<PartRecord>(text);
  const error =
    findFieldError('', record, PART_FIELDS) ??
    findFirst(record.losses, (loss, index) => findFieldError(`losses[${index}].`, loss, LOSS_FIELDS)) ??
    findDifference<PartRecord>(record, { from: toIsoTime(from), to: toIsoTime(to) });
  if (error !== undefined) {
    throw new ReceiptInvalid(truncate(error));
  }
  return record;
}

/** Throws `ReceiptInvalid` if an object is too large for a receipt. A listing says the size before the object is read. */
export function validateReceiptSize(bytes: number): void {
  if (bytes > MAX_RECEIPT_BYTES) {
    throw new ReceiptInvalid(`receipt must be at most ${MAX_RECEIPT_BYTES} bytes long, got ${bytes}`);
  }
}

function parseObject<T>(text: string): T {
  validateReceiptSize(text.length);
  try {
    return JSON.parse(text);
  } catch {
    throw new ReceiptInvalid(`receipt must be JSON, got ${text.length} characters of something else`);
  }
}

function findShapeError(receipt: ArchiveReceipt): string | undefined {
  return (
    findFieldError('', receipt, RECEIPT_FIELDS) ??
    findFieldError('logGroup.', receipt.logGroup, LOG_GROUP_FIELDS) ??
    findFirst(receipt.losses, (loss, index) => findFieldError(`losses[${index}].`, loss, LOSS_FIELDS)) ??
    findFirst(receipt.tasks, (task, index) => findFieldError(`tasks[${index}].`, task, TASK_FIELDS)) ??
    (receipt.previous ? findFieldError('previous.', receipt.previous, REFERENCE_FIELDS) : undefined)
  );
}

/** Finds a field that belongs to another receipt: a genuine one may have been copied to this key. */
function findIdentityError(receipt: ArchiveReceipt, { period, ...identity }: ReceiptIdentity): string | undefined {
  const expected: Partial<ArchiveReceipt> = {
    ...identity,
    period: period.name,
    from: toIsoTime(period.from),
    to: toIsoTime(period.to),
  };
  return findDifference(receipt, expected);
}

function findDifference<T extends object>(actual: T, expected: Partial<T>): string | undefined {
  return findFirst(Object.entries(expected), ([field, value]) => {
    const found = actual[field as keyof T];
    return found === value ? undefined : `${field} must be ${show(value)}, got ${show(found)}`;
  });
}

/** Finds a range of the period that is neither in a task nor in a loss. */
function findRangeError({ from, to, tasks, losses, logGroup, startedAt }: ArchiveReceipt): string | undefined {
  if (startedAt < to) {
    return `startedAt must not be earlier than to (${to}), got ${show(startedAt)}`;
  }
  const toRange = (range: { from: string; to: string }) => ({ from: Date.parse(range.from), to: Date.parse(range.to) });
  const period = toRange({ from, to });
  // Before its creation, a log group had hardly any events: retention may have cut them without a loss.
  const required = { from: Math.min(period.to, Math.max(period.from, logGroup.createdAt)), to: period.to };
  if (tasks.length === 0 || !isCovered(required, [...tasks, ...losses].map(toRange))) {
    return `tasks must cover ${from} to ${to}, except for losses`;
  }
  const covered = isCovered({ from: toRange(tasks[0] as (typeof tasks)[0]).from, to: period.to }, tasks.map(toRange));
  return covered ? undefined : 'tasks must follow each other without a gap up to the end of the period';
}

function findFirst<T>(values: readonly T[], find: (value: T, index: number) => string | undefined): string | undefined {
  for (const [index, value] of values.entries()) {
    const found = find(value, index);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
