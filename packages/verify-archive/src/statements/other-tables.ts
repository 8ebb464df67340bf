import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import { DAY_MS, TABLE_KEY } from '@log-archiver/core';
import { ArchiveBucket } from '../archive-bucket';
import type { Clients } from '../clients';
import type { ReadTable, VerifiedTable } from './table';

const PARALLEL_READS = 10;
/** A verifier runs once a month. */
const LATE_AFTER_MS = 40 * DAY_MS;

/** Reads the tables of the verifiers of other buckets. */
export function readOtherTables(buckets: readonly string[], clients: Clients, now: number): Promise<ReadTable[]> {
  return inParallel(buckets, PARALLEL_READS, async (s3BucketName) => {
    const table = await findTable(new ArchiveBucket(clients, s3BucketName));
    const verifiedAt = table?.verifiedAt ?? null;
    return {
      s3BucketName,
      verifiedAt,
      isLate: verifiedAt === null || Date.parse(verifiedAt) < now - LATE_AFTER_MS,
      // The other table may have archivers of this bucket, if its verifier reads this table.
      archivers: table?.archivers.filter((archiver) => archiver.s3BucketName === s3BucketName) ?? [],
    };
  });
}

/** Lists first: without `s3:ListBucket` on the whole bucket, S3 answers 403 for a missing object. */
async function findTable(bucket: ArchiveBucket): Promise<VerifiedTable | undefined> {
  const { objects } = await bucket.list(TABLE_KEY);
  return objects.some(({ key }) => key === TABLE_KEY) ? bucket.readJson(TABLE_KEY) : undefined;
}
