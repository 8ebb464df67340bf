import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { toIsoTime } from '@log-archiver/core';
import type { LocalAws } from '@log-archiver/local-aws';
import { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { type FoundRecords, findPeriods } from '@log-archiver/verify-archive/plan/find-periods';
import { readPeriodReport } from '@log-archiver/verify-archive/report/period-report';
import { renderPeriodReport } from '@log-archiver/verify-archive/report/render-period-report';

/** Writes the page of a period beside the folder of the bucket. Returns its path; `null`: the period has no record. */
export async function writePage(
  aws: LocalAws,
  bucketName: string,
  period: string,
  folder: string,
): Promise<string | null> {
  const s3 = new S3Client(aws.clientConfig);
  const bucket = new ArchiveBucket({ s3, wait: async () => undefined }, bucketName);
  const records: FoundRecords = { periods: new Map(), archivers: [] };
  await findPeriods(bucket, '', records);
  const found = [...records.periods.values()].find((each) => each.period === period);
  if (found === undefined) {
    return null;
  }
  const [archiver = null] = found.statuses.keys();
  const page = renderPeriodReport(await readPeriodReport(bucket, found, archiver), toIsoTime(aws.clock.now()));
  const path = join(folder, `${period}.html`);
  writeFileSync(path, page);
  return path;
}
