import type { Size, TimeZone } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Granularity } from './granularity';

/** Properties of an `ArchiveTable`. */
export interface ArchiveTableProps {
  /**
   * Bucket of the archive, in the account and Region of the table: the `bucket` of an `ArchiveBucket`, or of a
   * `LogArchiver` of the same account.
   *
   * In an `ArchiveBucket`, the table reads the archives of all accounts with the default `keyPrefix`.
   */
  readonly bucket: IBucket;

  /**
   * `keyPrefix` of the archiver, if the bucket is not an `ArchiveBucket`. In an `ArchiveBucket`, it is an error.
   *
   * @default - none: keys start with the year
   */
  readonly keyPrefix?: string;

  /**
   * `granularity` of the archivers. Archives of another granularity need a table of their own.
   *
   * @default Granularity.MONTHLY
   */
  readonly granularity?: Granularity;

  /**
   * `timeZone` of the archivers. Archives in another time zone need a table of their own.
   *
   * A log group that is archived in two time zones has each event in both archives. A table reads only one of them.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;

  /**
   * Number of bytes that one query may scan, at least 10 MB. Athena cancels a query that scans more.
   *
   * AWS bills what was scanned until then: with the default, about $0.50 at $5 per TB.
   *
   * @default Size.gibibytes(100)
   */
  readonly scanLimit?: Size;

  /**
   * Customer-managed key for the results of queries. Must be a key (not an alias) in the same account and Region.
   *
   * @default - SSE-S3
   */
  readonly encryptionKey?: IKey;
}
