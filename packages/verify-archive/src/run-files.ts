import type { Finding } from '@log-archiver/core';
import type { ArchivedPeriod, ArchiverPeriod } from './keys';

/** Period of the run, in `_verified/runs/<id>/periods.json`. */
export interface PlannedPeriod extends ArchivedPeriod {
  /** Folders of receipts: one for each time zone. */
  folders: string[];
  /** Archivers that have a status or a statement of the period. */
  archivers: string[];
}

/** Archiver of the bucket, in `_verified/runs/<id>/archivers.json`. */
export interface FoundArchiver extends Omit<ArchiverPeriod, 'period'> {
  /** Key of the period status that was written last. */
  newestStatus: string;
}

/** Results of one call of `verifyReceipts`, in S3. */
export interface BatchResults {
  format: 1;
  /** Number of verified receipts. */
  receipts: number;
  /** Number of receipts whose objects the bucket has expired. Their objects were not compared. */
  expired: number;
  objects: number;
  bytes: number;
  findings: Finding[];
}
