import { type Finding, NO_ARCHIVER, statementKey, type VerificationRun } from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import { type ArchiverPeriod, statusKey } from '../keys';
import { createFinding } from '../receipts/verify-receipt';
import { compareArchived, compareCounted, compareEarlier, type ListedReceipts } from './counted-receipts';
import { MAX_FIRST_FINDINGS, type PeriodResults } from './period-results';
import { parseStatus, type ReportedStatus } from './period-status';
import { readStatement, type Statement } from './statement';

/** Creates the statement of one archiver: the results, compared with what the archiver and earlier statements say. */
export async function createStatement(
  bucket: ArchiveBucket,
  s3BucketName: string,
  period: ArchiverPeriod,
  run: VerificationRun,
  receipts: ListedReceipts,
  results: PeriodResults,
): Promise<Statement> {
  const { keyPrefix, account, region, archiver, period: name } = period;
  const earlier = await readStatement(bucket, statementKey(period));
  const { reported, findings: ofStatus } = await readStatus(bucket, period);
  // An object that is not a receipt may be removed.
  const valid = receipts.count - results.invalid;
  const maxReceipts = Math.max(valid, earlier?.maxReceipts ?? 0);
  const counted = await compareCounted(bucket, period, receipts);
  // Numbers say nothing new if the missing receipts are known by name.
  const areNamed = counted.some(({ type }) => type === 'ReceiptMissing');
  const numbers = [
    ...(reported ? compareArchived(period, receipts, reported.archived) : []),
    ...compareEarlier(period, receipts, maxReceipts),
  ];
  const ofRecords = [...ofStatus, ...counted, ...(areNamed ? [] : numbers.slice(0, 1))];
  const findings = ofRecords.length + results.findings;
  return {
    format: 1,
    s3BucketName,
    keyPrefix,
    account,
    region,
    archiver: archiver === NO_ARCHIVER ? null : archiver,
    period: name,
    status: findings > 0 ? 'TAMPERED' : (reported?.status ?? 'INCOMPLETE'),
    reported,
    receipts: valid,
    maxReceipts,
    receiptsDigest: receipts.digest,
    verified: {
      receipts: results.receipts,
      expired: results.expired,
      objects: results.objects,
      bytes: results.bytes,
    },
    findings,
    firstFindings: [...ofRecords, ...results.first].slice(0, MAX_FIRST_FINDINGS),
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
