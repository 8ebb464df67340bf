import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import type { VerifiedReceipts, VerifyReceiptsRequest } from '@log-archiver/core';
import { ArchiveBucket } from '../archive-bucket';
import { Budget } from '../budget';
import type { Clients } from '../clients';
import { resultsKey } from '../keys';
import type { BatchResults } from '../run-files';
import { type ReceiptResult, verifyReceipt } from './verify-receipt';

/** Receipts that are verified at the same time. */
const PARALLEL_RECEIPTS = 20;

/**
 * Verifies a batch of receipts, and writes the results to S3.
 *
 * Receipts are verified in order, so that the position after each call is one number, and a repeated call writes the same
 * results.
 */
export async function verifyReceipts(
  { run, folder, items, retentionDays, progress }: VerifyReceiptsRequest,
  s3BucketName: string,
  clients: Clients,
): Promise<VerifiedReceipts> {
  const bucket = new ArchiveBucket(clients, s3BucketName);
  const budget = new Budget(clients.now);
  const context = { bucket, s3BucketName, retentionDays, now: Date.parse(run.startedAt), budget };
  const start = progress?.verified ?? 0;
  let verified = start;
  let position = progress?.position ?? null;
  const results: BatchResults = { format: 1, receipts: 0, expired: 0, objects: 0, bytes: 0, findings: [] };
  do {
    const first = position;
    // A receipt that was not finished is alone, because the results after it could not be kept.
    const size = first === null ? PARALLEL_RECEIPTS : 1;
    const window = [...items.slice(verified, verified + size).entries()];
    const ended = await inParallel(window, size, ([index, item]) =>
      verifyReceipt(item, index === 0 ? first : null, context),
    );
    position = null;
    for (const result of ended) {
      if (!result.isDone) {
        position = result.position;
        break;
      }
      addResult(results, result);
      verified += 1;
    }
  } while (verified < items.length && !budget.isUsed);
  const firstItem = items[start];
  if (firstItem && results.receipts > 0) {
    await bucket.write(resultsKey(run, folder, firstItem.Key), JSON.stringify(results));
  }
  return { isDone: verified >= items.length, progress: { verified, position } };
}

function addResult(results: BatchResults, result: Extract<ReceiptResult, { isDone: true }>) {
  results.receipts += 1;
  results.expired += result.isExpired ? 1 : 0;
  results.objects += result.objects;
  results.bytes += result.bytes;
  results.findings.push(...result.findings);
}
