import {
  type ArchiveReceipt,
  DAY_MS,
  type Finding,
  type FindingType,
  type FoldedTask,
  type ListedReceipt,
  NamedError,
  parseReceiptName,
  periodBefore,
  type ReceiptPosition,
  type ReceiptTask,
  sha256,
  truncate,
  validateReceiptSize,
} from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import type { Budget } from '../budget';
import { foldTask, NOTHING_FOLDED } from './fold-task';
import { readReceipt } from './read-receipt';

/** Maximum number of findings of one receipt. More of them say nothing new. */
const MAX_FINDINGS = 20;
const MAX_MESSAGE_CHARACTERS = 500;

/** Result of a receipt, or the position at which the budget ended. */
export type ReceiptResult =
  | { isDone: true; objects: number; bytes: number; isExpired: boolean; findings: Finding[] }
  | { isDone: false; position: ReceiptPosition };

export interface ReceiptContext {
  bucket: ArchiveBucket;
  s3BucketName: string;
  retentionDays: number | null;
  /** Milliseconds since the epoch. */
  now: number;
  budget: Pick<Budget, 'isUsed'>;
}

const START: ReceiptPosition = { task: 0, folded: NOTHING_FOLDED, objects: 0, bytes: 0, findings: [] };

/** Compares a receipt with the objects of its tasks, and with the receipt before it. */
export async function verifyReceipt(
  { Key: key, Size: size }: ListedReceipt,
  start: ReceiptPosition | null,
  context: ReceiptContext,
): Promise<ReceiptResult> {
  const { bucket, s3BucketName } = context;
  const fail = (type: FindingType, message: string): ReceiptResult => ({
    ...{ isDone: true, objects: 0, bytes: 0, isExpired: false },
    findings: [createFinding(type, key, message)],
  });
  try {
    validateReceiptSize(size);
    const text = await bucket.find(key);
    if (text === undefined) {
      return fail('ReceiptMissing', 'the receipt was removed while the archive was verified');
    }
    return await verifyContents(readReceipt(text, key, s3BucketName), key, start ?? START, context);
  } catch (error) {
    // A period or time zone in the key that does not exist has another error name.
    if (error instanceof NamedError) {
      return fail('ReceiptInvalid', error.message);
    }
    throw error;
  }
}

async function verifyContents(
  receipt: ArchiveReceipt,
  key: string,
  start: ReceiptPosition,
  context: ReceiptContext,
): Promise<ReceiptResult> {
  const { bucket, budget } = context;
  const isExpired = hasExpired(receipt, context);
  const tasks = isExpired ? [] : receipt.tasks;
  let { task, folded, objects, bytes } = start;
  const findings = [...start.findings];
  const add = (type: FindingType, message: string) => {
    if (findings.length < MAX_FINDINGS) {
      findings.push(createFinding(type, key, message));
    }
  };
  for (; task < tasks.length; task++) {
    const expected = tasks[task] as ReceiptTask;
    const folder = `${receipt.destinationPrefix}/${expected.taskId}/`;
    folded = await foldTask(bucket, folder, folded, budget);
    if (!folded.isFolded) {
      return { isDone: false, position: { task, folded, objects, bytes, findings } };
    }
    const difference = compareTask(folded, expected);
    if (difference !== undefined) {
      add(difference, `${folder} must have ${describe(expected)}, got ${describe(folded)}`);
    }
    objects += folded.objects;
    bytes += folded.bytes;
    folded = NOTHING_FOLDED;
    if (budget.isUsed && task + 1 < tasks.length) {
      return { isDone: false, position: { task: task + 1, folded, objects, bytes, findings } };
    }
  }
  await verifyPrevious(receipt, key, bucket, add);
  return { isDone: true, objects, bytes, isExpired, findings };
}

/** Whether the bucket may have expired objects of the receipt. */
function hasExpired({ startedAt }: ArchiveReceipt, { retentionDays, now }: ReceiptContext): boolean {
  // S3 counts days from the object, and the object is written after the creation of its task.
  return retentionDays !== null && now >= Date.parse(startedAt) + retentionDays * DAY_MS;
}

function compareTask(actual: FoldedTask, expected: ReceiptTask): FindingType | undefined {
  if (actual.objects !== expected.objects) {
    return actual.objects < expected.objects ? 'ObjectsMissing' : 'ObjectsAdded';
  }
  const fields = ['bytes', 'digest', 'firstObject', 'lastObject'] as const;
  return fields.every((field) => actual[field] === expected[field]) ? undefined : 'ObjectsReplaced';
}

function describe({ objects, bytes, digest, firstObject, lastObject }: Omit<ReceiptTask, 'taskId' | 'from' | 'to'>) {
  return `${objects} objects, ${bytes} bytes, ${firstObject} to ${lastObject}, digest ${digest.slice(0, 16)}`;
}

/** Verifies the reference to the receipt of the log group's period before. */
async function verifyPrevious(
  { previous, period, timeZone, from }: ArchiveReceipt,
  key: string,
  bucket: ArchiveBucket,
  add: (type: FindingType, message: string) => void,
): Promise<void> {
  if (!previous) {
    return;
  }
  const before = periodBefore({ name: period, from: Date.parse(from) }, timeZone);
  const folder = key.slice(0, key.lastIndexOf(`/${period}/`) + 1);
  const name = `${folder}${before.name}/${parseReceiptName(key)}`;
  // Any other key belongs to another log group, and maybe to another account.
  if (!previous.key.startsWith(name)) {
    add('PreviousChanged', `previous must be a receipt ${name}, got ${previous.key}`);
    return;
  }
  const text = await bucket.find(previous.key);
  if (text === undefined) {
    add('PreviousMissing', `the receipt before, ${previous.key}, does not exist`);
  } else if (sha256(text) !== previous.sha256) {
    add('PreviousChanged', `${previous.key} must have the SHA-256 ${previous.sha256}, got ${sha256(text)}`);
  }
}

/** Creates a finding with a bounded message: names of log streams can be long. */
export function createFinding(type: FindingType, key: string, message: string): Finding {
  return { type, key, message: truncate(message, MAX_MESSAGE_CHARACTERS) };
}
