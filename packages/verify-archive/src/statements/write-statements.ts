import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import { writeMetrics } from '@log-archiver/aws-clients/write-metrics';
import {
  NO_ARCHIVER,
  type StatementsProgress,
  statementKey,
  TABLE_KEY,
  TABLE_PAGE_KEY,
  type VerificationRun,
  type WriteStatementsRequest,
  type WrittenStatements,
} from '@log-archiver/core';
import { ArchiveBucket } from '../archive-bucket';
import { Budget } from '../budget';
import type { Clients } from '../clients';
import { archiversKey, periodsKey, resultsPrefix } from '../keys';
import type { BatchResults, FoundArchiver, PlannedPeriod } from '../run-files';
import { listReceipts } from './counted-receipts';
import { createStatement } from './create-statement';
import { readOtherTables } from './other-tables';
import { addResults, type PeriodResults } from './period-results';
import { renderTable } from './render-table';
import { sign } from './sign';
import { summarize } from './summary';
import { createTable } from './table';

/** Periods that are processed at the same time. Each holds the names of its receipts in memory. */
const PARALLEL_PERIODS = 10;
const PARALLEL_READS = 20;

/** Writes the statements of the periods of a run, and then the table of all archivers. */
export async function writeStatements(
  request: WriteStatementsRequest,
  s3BucketName: string,
  clients: Clients,
): Promise<WrittenStatements> {
  const { run, verifier, expect, otherBuckets } = request;
  const bucket = new ArchiveBucket(clients, s3BucketName);
  const budget = new Budget(clients.now);
  const periods = await bucket.readJson<PlannedPeriod[]>(periodsKey(run));
  const progress: StatementsProgress = { ...(request.progress ?? { periods: 0, unverified: 0 }) };
  while (progress.periods < periods.length) {
    const window = periods.slice(progress.periods, progress.periods + PARALLEL_PERIODS);
    const verified = await inParallel(window, PARALLEL_PERIODS, (period) =>
      writePeriod(bucket, s3BucketName, period, request, clients),
    );
    progress.periods += window.length;
    progress.unverified += verified.filter((isVerified) => !isVerified).length;
    if (budget.isUsed) {
      return { isDone: false, progress, summary: null };
    }
  }
  const found = await bucket.readJson<FoundArchiver[]>(archiversKey(run));
  const others = await readOtherTables(otherBuckets, clients, Date.parse(run.startedAt));
  const table = await createTable(bucket, s3BucketName, run, found, expect, others);
  await writeSigned(bucket, TABLE_KEY, JSON.stringify(table), request, clients);
  await bucket.write(TABLE_PAGE_KEY, renderTable(table), 'text/html; charset=utf-8');
  const summary = summarize(table, progress.unverified);
  const { atFault, unverified, lateVerifiers } = summary;
  writeMetrics({ VerificationFaults: atFault + unverified + lateVerifiers }, verifier, clients, clients.now());
  return { isDone: true, progress, summary };
}

/**
 * Writes the statements of a period. Returns false, and writes none, if some receipts have no result.
 *
 * The period then keeps its earlier statement, or none, so that the next run verifies it again.
 */
async function writePeriod(
  bucket: ArchiveBucket,
  s3BucketName: string,
  period: PlannedPeriod,
  request: WriteStatementsRequest,
  clients: Clients,
): Promise<boolean> {
  const { run } = request;
  const receipts = await listReceipts(bucket, period, run);
  const results = await readResults(bucket, run, period);
  if (results.receipts < receipts.beforeRun) {
    return false;
  }
  for (const archiver of period.archivers.length === 0 ? [NO_ARCHIVER] : period.archivers) {
    const ofArchiver = { ...period, archiver };
    const statement = await createStatement(bucket, s3BucketName, ofArchiver, run, receipts, results);
    await writeSigned(
      bucket,
      statementKey(ofArchiver),
      `${JSON.stringify(statement, undefined, 2)}\n`,
      request,
      clients,
    );
  }
  return true;
}

/** Writes an object and its signature, the signature first. A run that crashes between them is repeated. */
async function writeSigned(
  bucket: ArchiveBucket,
  key: string,
  text: string,
  { signingKey }: WriteStatementsRequest,
  clients: Clients,
) {
  await bucket.write(`${key}.sig`, await sign(text, signingKey, clients), 'application/octet-stream');
  await bucket.write(key, text);
}

/** Sums the results of all batches of a period, as they are read: they can have millions of findings. */
async function readResults(
  bucket: ArchiveBucket,
  run: VerificationRun,
  { folders }: PlannedPeriod,
): Promise<PeriodResults> {
  const keys: string[] = [];
  for (const folder of folders) {
    for await (const { key } of bucket.listObjects(resultsPrefix(run, folder))) {
      keys.push(key);
    }
  }
  const sum: PeriodResults = { receipts: 0, invalid: 0, expired: 0, objects: 0, bytes: 0, findings: 0, first: [] };
  await inParallel(keys, PARALLEL_READS, async (key) => {
    addResults(sum, await bucket.readJson<BatchResults>(key));
  });
  return sum;
}
