import type { Finding, VerifiedStatus } from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import type { ArchivedPeriod } from '../keys';
import type { BatchResults } from '../run-files';
import type { ReportedStatus } from './period-status';

/** Result of the verification of one archiver and period. Its format is persisted: never change the meaning of a field. */
export interface Statement extends ArchivedPeriod {
  format: 1;
  s3BucketName: string;
  /** Name of the state machine; `null`: no archiver has written a status of the period. */
  archiver: string | null;
  status: Exclude<VerifiedStatus, 'MISSING' | 'STALE'>;
  /** Status that the archiver reported; `null`: none, or an invalid one. */
  reported: ReportedStatus | null;
  /** Number of valid receipts in the bucket. */
  receipts: number;
  /** Maximum of `receipts` in this and all earlier statements. Receipts are never removed. */
  maxReceipts: number;
  /** Digest of the keys, sizes and ETags of the receipts, in the order of their keys, see `foldObject`. */
  receiptsDigest: string;
  /** Numbers of receipts and objects that were compared. */
  verified: Pick<BatchResults, 'receipts' | 'expired' | 'objects' | 'bytes'>;
  /** Number of findings. */
  findings: number;
  /** First findings; the results of the run have all of them. */
  firstFindings: Finding[];
  /** ISO 8601: start of the run. */
  verifiedAt: string;
  /** Name of the verifier's execution. */
  run: string;
}

/** Reads a statement; `undefined`: it does not exist, or is not JSON. */
export async function readStatement(bucket: ArchiveBucket, key: string): Promise<Statement | undefined> {
  const text = await bucket.find(key);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
