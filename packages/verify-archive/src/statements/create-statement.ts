import { foldObject, parseReceiptName } from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import type { BatchResults, Finding, PlannedPeriod } from '../contract';
import {
  type ArchiverPeriod,
  countedReceiptsKey,
  getName,
  NO_ARCHIVER,
  statementKey,
  statusKey,
  type VerificationRun,
} from '../keys';
import { createFinding } from '../receipts/verify-receipt';
import { parseStatus, type ReportedStatus } from './period-status';
import { readStatement, type Statement } from './statement';

/** Maximum number of findings in a statement. */
const MAX_FIRST_FINDINGS = 100;
/** Maximum number of findings about receipts that do not exist. The last one has the number of the others. */
const MAX_MISSING = 100;

/** Receipts of a period in the bucket, in all time zones. */
export interface ListedReceipts {
  count: number;
  /** Number of receipts that were written before the run started. */
  beforeRun: number;
  /** File names. */
  names: Set<string>;
  digest: string;
}

/** Lists the receipts of a period. */
export async function listReceipts(
  bucket: ArchiveBucket,
  { folders }: PlannedPeriod,
  run: VerificationRun,
): Promise<ListedReceipts> {
  const listed: ListedReceipts = { count: 0, beforeRun: 0, names: new Set(), digest: '' };
  // S3 rounds times down to seconds.
  const start = Math.floor(Date.parse(run.startedAt) / 1_000) * 1_000;
  for (const folder of folders) {
    for await (const { key, size, etag, lastModified } of bucket.listObjects(folder)) {
      listed.count += 1;
      listed.beforeRun += lastModified < start ? 1 : 0;
      listed.names.add(getName(key));
      listed.digest = foldObject(listed.digest, { name: key, size, etag });
    }
  }
  return listed;
}

/** Creates the statement of one archiver: the results, compared with what the archiver and earlier statements say. */
export async function createStatement(
  bucket: ArchiveBucket,
  s3BucketName: string,
  period: ArchiverPeriod,
  run: VerificationRun,
  receipts: ListedReceipts,
  results: BatchResults,
): Promise<Statement> {
  const { keyPrefix, account, region, archiver, period: name } = period;
  const earlier = await readStatement(bucket, statementKey(period));
  const { reported, findings: ofStatus } = await readStatus(bucket, period);
  const maxReceipts = Math.max(receipts.count, earlier?.maxReceipts ?? 0);
  const findings = [
    ...ofStatus,
    ...(await findMissing(bucket, period, receipts, reported)),
    ...(receipts.count < maxReceipts
      ? [
          createFinding(
            'ReceiptMissing',
            statementKey(period),
            `the period must have ${maxReceipts} receipts, as an earlier statement says, got ${receipts.count}`,
          ),
        ]
      : []),
    ...results.findings,
  ];
  return {
    format: 1,
    s3BucketName,
    keyPrefix,
    account,
    region,
    archiver: archiver === NO_ARCHIVER ? null : archiver,
    period: name,
    status: findings.length > 0 ? 'TAMPERED' : (reported?.status ?? 'INCOMPLETE'),
    reported,
    receipts: receipts.count,
    maxReceipts,
    receiptsDigest: receipts.digest,
    verified: {
      receipts: results.receipts,
      expired: results.expired,
      objects: results.objects,
      bytes: results.bytes,
    },
    findings: findings.length,
    firstFindings: findings.slice(0, MAX_FIRST_FINDINGS),
    verifiedAt: run.startedAt,
    run: run.id,
  };
}

async function readStatus(
  bucket: ArchiveBucket,
  period: ArchiverPeriod,
): Promise<{ reported: ReportedStatus | null; findings: Finding[] }> {
  if (period.archiver === NO_ARCHIVER) {
    return { reported: null, findings: [] };
  }
  const key = statusKey(period);
  const text = await bucket.find(key);
  if (text === undefined) {
    const message = 'the status of the period does not exist, although an earlier statement describes one';
    return { reported: null, findings: [createFinding('StatusMissing', key, message)] };
  }
  const status = parseStatus(text, period.period);
  return typeof status === 'string'
    ? { reported: null, findings: [createFinding('StatusInvalid', key, status)] }
    : { reported: status, findings: [] };
}

/** Finds receipts that the archiver has counted and that do not exist. */
async function findMissing(
  bucket: ArchiveBucket,
  period: ArchiverPeriod,
  { names }: ListedReceipts,
  reported: ReportedStatus | null,
): Promise<Finding[]> {
  const key = countedReceiptsKey(period);
  const text = period.archiver === NO_ARCHIVER ? undefined : await bucket.find(key);
  const counted = text === undefined ? [] : parseNames(text);
  if (counted === undefined) {
    return [createFinding('StatusInvalid', key, 'the list of counted receipts must be a JSON object with receipts')];
  }
  const missing = counted.filter((name) => !names.has(name)).sort();
  const findings = missing
    .slice(0, MAX_MISSING)
    .map((name) => createFinding('ReceiptMissing', key, `the archiver has counted ${name}, which does not exist`));
  if (missing.length > MAX_MISSING) {
    const more = missing.length - MAX_MISSING;
    findings.push(
      createFinding('ReceiptMissing', key, `${more} more receipts that the archiver has counted do not exist`),
    );
  }
  const logGroups = new Set([...names].map((name) => parseReceiptName(name))).size;
  if (reported && logGroups < reported.archived) {
    const message = `the status counts ${reported.archived} archived log groups, and ${logGroups} have a receipt`;
    findings.push(createFinding('ReceiptMissing', statusKey(period), message));
  }
  return findings;
}

function parseNames(text: string): string[] | undefined {
  try {
    const { receipts } = JSON.parse(text);
    return typeof receipts === 'object' && receipts !== null ? Object.keys(receipts) : undefined;
  } catch {
    return undefined;
  }
}
