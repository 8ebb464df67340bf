import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import { type ArchiveReceipt, NamedError, parseReceiptName, validateReceiptSize } from '@log-archiver/core';
import type { ArchiveBucket, ListedObject } from '../archive-bucket';
import { readReceipt } from './read-receipt';

/** Calls at the same time. */
const PARALLEL_CALLS = 20;

/** Receipts with a prefix. */
export interface FoundReceipts {
  /** Valid receipts with the latest `finishedAt` of each log group, `s3Prefix`, period and time zone. */
  inForce: ArchiveReceipt[];
  /** Reasons why objects at keys of receipts are not valid. */
  invalid: string[];
}

/** Reads all receipts of a period whose keys have a prefix. */
export async function readReceiptsInForce(bucket: ArchiveBucket, prefix: string): Promise<FoundReceipts> {
  const listed: ListedObject[] = [];
  for await (const object of bucket.listObjects(prefix)) {
    listed.push(object);
  }
  const invalid: string[] = [];
  const newest = new Map<string, ArchiveReceipt>();
  const receipts = await inParallel(listed, PARALLEL_CALLS, (object) => readIfValid(bucket, object, invalid));
  for (const [index, receipt] of receipts.entries()) {
    const id = parseReceiptName((listed[index] as ListedObject).key);
    if (receipt && receipt.finishedAt >= (newest.get(id)?.finishedAt ?? '')) {
      newest.set(id, receipt);
    }
  }
  return { inForce: [...newest.values()], invalid: invalid.sort() };
}

async function readIfValid(
  bucket: ArchiveBucket,
  { key, size }: ListedObject,
  invalid: string[],
): Promise<ArchiveReceipt | undefined> {
  try {
    validateReceiptSize(size);
    return readReceipt((await bucket.find(key)) ?? '', key, bucket.s3BucketName);
  } catch (error) {
    if (error instanceof NamedError) {
      invalid.push(`receipt ${key} is ignored because it is not valid: ${error.message}`);
      return undefined;
    }
    throw error;
  }
}
