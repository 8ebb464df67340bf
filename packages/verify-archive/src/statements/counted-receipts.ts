import {
  type Finding,
  type FindingType,
  foldObject,
  NO_ARCHIVER,
  parseReceiptName,
  periodReceiptsKey,
  statementKey,
  type VerificationRun,
} from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import { type ArchiverPeriod, getName, statusKey } from '../keys';
import { createFinding } from '../receipts/verify-receipt';
import type { PlannedPeriod } from '../run-files';

/** Maximum number of findings of one type about counted receipts. One more has the number of the others. */
const MAX_FINDINGS = 100;

/** Receipts of a period in the bucket, in all time zones. */
export interface ListedReceipts {
  count: number;
  /** Number of receipts that were written before the run started. */
  beforeRun: number;
  /** ETags by file name: one for each time zone. */
  etags: Map<string, string[]>;
  digest: string;
}

/** Lists the receipts of a period. */
export async function listReceipts(
  bucket: ArchiveBucket,
  { folders }: PlannedPeriod,
  run: VerificationRun,
): Promise<ListedReceipts> {
  const listed: ListedReceipts = { count: 0, beforeRun: 0, etags: new Map(), digest: '' };
  // S3 rounds times down to seconds.
  const start = Math.floor(Date.parse(run.startedAt) / 1_000) * 1_000;
  for (const folder of folders) {
    for await (const { key, size, etag, lastModified } of bucket.listObjects(folder)) {
      const name = getName(key);
      listed.count += 1;
      listed.beforeRun += lastModified < start ? 1 : 0;
      listed.etags.set(name, [...(listed.etags.get(name) ?? []), etag]);
      listed.digest = foldObject(listed.digest, { name: key, size, etag });
    }
  }
  return listed;
}

/** Finds receipts that the archiver has counted, and that do not exist or were replaced since. */
export async function compareCounted(
  bucket: ArchiveBucket,
  period: ArchiverPeriod,
  { etags }: ListedReceipts,
): Promise<Finding[]> {
  const key = periodReceiptsKey(period, period.archiver, period.period);
  const text = period.archiver === NO_ARCHIVER ? undefined : await bucket.find(key);
  if (text === undefined) {
    return [];
  }
  const counted = parseCounted(text);
  if (!counted) {
    return [createFinding('StatusInvalid', key, 'the list of counted receipts must be a JSON object with receipts')];
  }
  const missing = counted.filter(({ name }) => !etags.has(name));
  const replaced = counted.filter(({ name, etag }) => etag !== undefined && etags.get(name)?.includes(etag) === false);
  const describe = (type: FindingType, names: { name: string }[], what: string) => [
    ...names
      .slice(0, MAX_FINDINGS)
      .map(({ name }) => createFinding(type, key, `the archiver has counted ${name}, which ${what}`)),
    ...(names.length > MAX_FINDINGS
      ? [createFinding(type, key, `the same is true of ${names.length - MAX_FINDINGS} more receipts`)]
      : []),
  ];
  return [
    ...describe('ReceiptMissing', missing, 'does not exist'),
    ...describe('ReceiptReplaced', replaced, 'has another ETag now'),
  ];
}

/** Compares the number of receipts with that of archived log groups in the status. */
export function compareArchived(period: ArchiverPeriod, { etags }: ListedReceipts, archived: number): Finding[] {
  const logGroups = new Set([...etags.keys()].map((name) => parseReceiptName(name))).size;
  const message = `the status counts ${archived} archived log groups, and ${logGroups} have a receipt`;
  return logGroups < archived ? [createFinding('ReceiptMissing', statusKey(period), message)] : [];
}

/** Compares the number of receipts with the maximum of earlier statements. Receipts are never removed. */
export function compareEarlier(period: ArchiverPeriod, { count }: ListedReceipts, maxReceipts: number): Finding[] {
  const message = `the period must have ${maxReceipts} receipts, as an earlier statement says, got ${count}`;
  return count < maxReceipts ? [createFinding('ReceiptMissing', statementKey(period), message)] : [];
}

/** Parses the list of counted receipts, without objects that the archiver did not accept as receipts. */
function parseCounted(text: string): { name: string; etag?: string }[] | undefined {
  try {
    const { receipts } = JSON.parse(text);
    return Object.entries<{ invalid?: string; etag?: string }>(receipts)
      .filter(([, { invalid }]) => invalid === undefined)
      .map(([name, { etag }]) => ({ name, etag }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    return undefined;
  }
}
