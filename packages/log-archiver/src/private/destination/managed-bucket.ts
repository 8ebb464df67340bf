import type { IBucket } from 'aws-cdk-lib/aws-s3';

/** Facts about the bucket of an `ArchiveBucket`, whose policies admit archivers already. */
export interface ManagedBucket {
  /** Accounts whose log groups are archived there; unknown if another app deploys the bucket. */
  readonly sourceAccounts?: string[];
  /** Days after which a retention expires objects. @default - objects never expire */
  readonly retentionDays?: number;
  /** Path of the roles that may use the bucket; unknown if another app deploys the bucket. */
  readonly rolePath?: string;
}

/** Marks an `ArchiveBucket`. */
export const ARCHIVE_BUCKET_SYMBOL = Symbol.for('cdk-log-archiver.ArchiveBucket');
const MANAGED_BUCKET_SYMBOL = Symbol.for('cdk-log-archiver.ManagedBucket');

/** Marks a bucket as that of an `ArchiveBucket`. */
export function markAsManaged<T extends IBucket>(bucket: T, value: ManagedBucket): T {
  return Object.defineProperty(bucket, MANAGED_BUCKET_SYMBOL, { value });
}

/** Returns what is known about the bucket of an `ArchiveBucket`, `undefined` for any other bucket. */
export function findManagedBucket(bucket: IBucket): ManagedBucket | undefined {
  return (bucket as { [MANAGED_BUCKET_SYMBOL]?: ManagedBucket })[MANAGED_BUCKET_SYMBOL];
}
