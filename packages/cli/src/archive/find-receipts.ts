import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import { OLDEST_EVENT_MS, type Range, receiptName } from '@log-archiver/core';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { parseReceiptFolder } from '@log-archiver/verify-archive/keys';
import type { FoundPeriod } from '@log-archiver/verify-archive/plan/find-periods';
import { type FoundReceipts, readReceiptsInForce } from '@log-archiver/verify-archive/receipts/receipts-in-force';
import { PARALLEL_CALLS } from './find-archives';
import { parseValidPeriod } from './parse-valid-period';

/** Finds the receipts in force of a log group whose tasks can have events of a range. */
export async function findReceipts(
  bucket: ArchiveBucket,
  periods: readonly FoundPeriod[],
  logGroupName: string,
  range: Range,
): Promise<FoundReceipts> {
  const folders = periods.flatMap((period) => period.folders).filter((folder) => canContain(folder, range));
  const prefix = getNamePrefix(logGroupName);
  const found = await inParallel(folders, PARALLEL_CALLS, (folder) => readReceiptsInForce(bucket, folder + prefix));
  return {
    inForce: found.flatMap(({ inForce }) => inForce).filter((receipt) => receipt.logGroupName === logGroupName),
    invalid: found.flatMap(({ invalid }) => invalid),
  };
}

/** Whether a log group has a receipt in one of the folders. Reads no receipt. */
export async function hasReceipt(
  bucket: ArchiveBucket,
  periods: readonly FoundPeriod[],
  logGroupName: string,
): Promise<boolean> {
  const prefix = getNamePrefix(logGroupName);
  const folders = periods.flatMap((period) => period.folders);
  const found = await inParallel(folders, PARALLEL_CALLS, async (folder) => {
    const { objects } = await bucket.list(folder + prefix);
    return objects.length > 0;
  });
  return found.includes(true);
}

/** Returns the start of the names of a log group's receipts, with any `s3Prefix`. */
function getNamePrefix(logGroupName: string): string {
  const [name = ''] = receiptName({ logGroupName, s3Prefix: '' }).split('@');
  return `${name}@`;
}

/** Whether receipts of a folder can lead to events of a range. The first period of a log group has older events. */
function canContain(folder: string, range: Range): boolean {
  const { period: name = '', timeZone = '' } = parseReceiptFolder(folder) ?? {};
  const period = parseValidPeriod(name, timeZone);
  return period !== undefined && period.from - OLDEST_EVENT_MS <= range.to && range.from <= period.to;
}
