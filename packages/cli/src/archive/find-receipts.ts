import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import {
  type ArchiveReceipt,
  NamedError,
  OLDEST_EVENT_MS,
  parseReceiptName,
  type Range,
  receiptName,
  validateReceiptSize,
} from '@log-archiver/core';
import type { ArchiveBucket, ListedObject } from '@log-archiver/verify-archive/archive-bucket';
import { parseReceiptFolder } from '@log-archiver/verify-archive/keys';
import type { FoundPeriod } from '@log-archiver/verify-archive/plan/find-periods';
import { readReceipt } from '@log-archiver/verify-archive/receipts/read-receipt';
import { PARALLEL_CALLS } from './find-archives';
import { parseValidPeriod } from './parse-valid-period';

/** Receipts of a log group. */
export interface FoundReceipts {
  /** Valid receipts with the latest `finishedAt` of each log group, `s3Prefix`, period and time zone. */
  inForce: ArchiveReceipt[];
  /** Reasons why objects at keys of receipts are not valid. */
  invalid: string[];
}

/** Finds the receipts in force of a log group whose tasks can have events of a range. */
export async function findReceipts(
  bucket: ArchiveBucket,
  periods: readonly FoundPeriod[],
  logGroupName: string,
  range: Range,
): Promise<FoundReceipts> {
  const folders = periods.flatMap((period) => period.folders).filter((folder) => canContain(folder, range));
  const [name = ''] = receiptName({ logGroupName, s3Prefix: '' }).split('@');
  const invalid: string[] = [];
  const found = await inParallel(folders, PARALLEL_CALLS, async (folder) => {
    const newest = new Map<string, ArchiveReceipt>();
    for await (const listed of bucket.listObjects(`${folder}${name}@`)) {
      const receipt = await readIfValid(bucket, listed, invalid);
      const id = parseReceiptName(listed.key);
      if (receipt?.logGroupName === logGroupName && receipt.finishedAt >= (newest.get(id)?.finishedAt ?? '')) {
        newest.set(id, receipt);
      }
    }
    return [...newest.values()];
  });
  return { inForce: found.flat(), invalid };
}

/** Whether a log group has a receipt in one of the folders. Reads no receipt. */
export async function hasReceipt(
  bucket: ArchiveBucket,
  periods: readonly FoundPeriod[],
  logGroupName: string,
): Promise<boolean> {
  const [name = ''] = receiptName({ logGroupName, s3Prefix: '' }).split('@');
  const folders = periods.flatMap((period) => period.folders);
  const found = await inParallel(folders, PARALLEL_CALLS, async (folder) => {
    const { objects } = await bucket.list(`${folder}${name}@`);
    return objects.length > 0;
  });
  return found.includes(true);
}

/** Whether receipts of a folder can lead to events of a range. The first period of a log group has older events. */
function canContain(folder: string, range: Range): boolean {
  const { period: name = '', timeZone = '' } = parseReceiptFolder(folder) ?? {};
  const period = parseValidPeriod(name, timeZone);
  return period !== undefined && period.from - OLDEST_EVENT_MS <= range.to && range.from <= period.to;
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
