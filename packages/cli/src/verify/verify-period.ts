import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import { type ListedReceipt, NO_ARCHIVER, type VerificationRun } from '@log-archiver/core';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import type { FoundPeriod } from '@log-archiver/verify-archive/plan/find-periods';
import { verifyReceipt } from '@log-archiver/verify-archive/receipts/verify-receipt';
import { listReceipts } from '@log-archiver/verify-archive/statements/counted-receipts';
import { createStatement } from '@log-archiver/verify-archive/statements/create-statement';
import { addResults, type PeriodResults } from '@log-archiver/verify-archive/statements/period-results';
import type { Statement } from '@log-archiver/verify-archive/statements/statement';
import { PARALLEL_CALLS } from '../archive/find-archives';
import type { Progress } from '../progress';

/** Receipts that are verified before the next ones are listed. */
const BATCH_RECEIPTS = 1_000;

/** Compares the objects of a period with its receipts, as a verifier does. Returns a statement for each archiver. */
export async function verifyPeriod(
  bucket: ArchiveBucket,
  found: FoundPeriod,
  run: VerificationRun,
  retentionDays: number | null,
  progress: Progress,
): Promise<Statement[]> {
  const { s3BucketName } = bucket;
  const { keyPrefix, account, region, period } = found;
  const place = { keyPrefix, account, region, period };
  const archivers = [...found.statuses.keys()];
  const listed = await listReceipts(bucket, { ...place, folders: found.folders, archivers }, run);
  progress.setTotal(listed.count);
  const results: PeriodResults = { receipts: 0, invalid: 0, expired: 0, objects: 0, bytes: 0, findings: 0, first: [] };
  const context = { bucket, s3BucketName, retentionDays, now: Date.parse(run.startedAt), budget: { isUsed: false } };
  const verify = async (item: ListedReceipt) => {
    const result = await verifyReceipt(item, null, context);
    if (result.isDone) {
      const { objects, bytes, findings } = result;
      addResults(results, {
        ...{ format: 1, receipts: 1, expired: result.isExpired ? 1 : 0 },
        ...{ objects, bytes, findings },
      });
    }
    progress.add(1);
  };
  for (const folder of found.folders) {
    let batch: ListedReceipt[] = [];
    for await (const { key, size } of bucket.listObjects(folder)) {
      batch.push({ Key: key, Size: size });
      if (batch.length === BATCH_RECEIPTS) {
        await inParallel(batch, PARALLEL_CALLS, verify);
        batch = [];
      }
    }
    await inParallel(batch, PARALLEL_CALLS, verify);
  }
  const statements: Statement[] = [];
  for (const archiver of archivers.length === 0 ? [NO_ARCHIVER] : archivers.sort()) {
    statements.push(await createStatement(bucket, s3BucketName, { ...place, archiver }, run, listed, results));
  }
  return statements;
}
