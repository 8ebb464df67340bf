import type { IBucket } from 'aws-cdk-lib/aws-s3';

/** What is known of the bucket of an `ArchiveBucket`. */
export interface PreparedBucket {
  /** Whose log groups may be archived there; not known of one in another app. */
  readonly sourceAccounts?: string[];
  /** Whether its objects are deleted one day. */
  readonly hasRetention?: boolean;
}

const PREPARED_BUCKET_SYMBOL = Symbol.for('cdk-log-archiver.PreparedBucket');

/** Says of a bucket that its policy, and its key's, let archivers in already. */
export function markAsPrepared<T extends IBucket>(bucket: T, value: PreparedBucket): T {
  return Object.defineProperty(bucket, PREPARED_BUCKET_SYMBOL, { value });
}

export function preparedBucket(bucket: IBucket): PreparedBucket | undefined {
  return (bucket as { [PREPARED_BUCKET_SYMBOL]?: PreparedBucket })[PREPARED_BUCKET_SYMBOL];
}
