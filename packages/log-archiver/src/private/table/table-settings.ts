import { Size, SizeRoundingBehavior, Stack, TimeZone } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { ArchiveTableProps } from '../../archive-table-props';
import { Granularity } from '../../granularity';
import { findManagedBucket } from '../destination/managed-bucket';
import {
  validateArchiverPrefix,
  validateIsBucket,
  validateNoPrefixInArchiveBucket,
  validateReadBucket,
} from '../destination/validate-destination';
import { validateGranularity, validateZone } from '../settings';
import { validateKey } from '../validate-environment';
import * as types from '../validate-types';

/** Smallest scan limit of a workgroup, see `BytesScannedCutoffPerQuery`: 10 MB. */
const MIN_SCAN_BYTES = 10_000_000;

/** Properties of a table, with their defaults applied, and validated. */
export interface TableSettings {
  readonly bucket: IBucket;
  /** `null`: the bucket is an archive bucket, with an archive for each account. */
  readonly keyPrefix: string | null;
  /** Account of the table, and of the archiver if the bucket is not an archive bucket. */
  readonly account: string;
  /** Accounts of an archive bucket. @default - not known: another app deploys the bucket */
  readonly accounts?: string[];
  readonly region: string;
  readonly granularity: Granularity;
  readonly timeZone: TimeZone;
  readonly scanLimitBytes: number;
  /** @default - SSE-S3 */
  readonly encryptionKey?: IKey;
}

/** Returns the settings of a table. Throws if one of them is invalid. */
export function resolveTableSettings(scope: Construct, props: ArchiveTableProps): TableSettings {
  validatePropTypes(props);
  const { bucket, keyPrefix, granularity = Granularity.MONTHLY, timeZone = TimeZone.ETC_UTC, encryptionKey } = props;
  const { account, region } = Stack.of(scope);
  const managed = findManagedBucket(bucket);
  validateReadBucket(scope, 'table', bucket);
  if (keyPrefix !== undefined) {
    validateNoPrefixInArchiveBucket('the table reads the archives of all accounts', keyPrefix, managed);
    validateArchiverPrefix(keyPrefix);
  }
  validateGranularity(granularity);
  validateZone(timeZone);
  if (encryptionKey) {
    validateKey(scope, { field: 'encryptionKey', user: 'table', aspects: ['account', 'region'] }, encryptionKey);
  }
  return {
    bucket,
    keyPrefix: managed ? null : (keyPrefix ?? ''),
    account,
    accounts: managed?.sourceAccounts,
    region,
    granularity,
    timeZone,
    scanLimitBytes: getScanLimitBytes(props.scanLimit ?? Size.gibibytes(100)),
    encryptionKey,
  };
}

function validatePropTypes(props: ArchiveTableProps) {
  if (props.bucket === undefined) {
    throw new Error('bucket is required: a table reads the archive in it');
  }
  validateIsBucket(props.bucket);
  types.validateTypes({
    keyPrefix: [props.keyPrefix, types.STRING],
    granularity: [props.granularity, types.STRING],
    timeZone: [props.timeZone, types.TIME_ZONE],
    scanLimit: [props.scanLimit, types.SIZE],
    encryptionKey: [props.encryptionKey, types.KEY],
  });
}

function getScanLimitBytes(scanLimit: Size): number {
  if (scanLimit.isUnresolved()) {
    throw new Error('scanLimit must be known at synthesis, got a token');
  }
  const bytes = scanLimit.toBytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isSafeInteger(bytes) || bytes < MIN_SCAN_BYTES) {
    throw new Error(
      `scanLimit must be a whole number of bytes, at least ${MIN_SCAN_BYTES.toLocaleString('en')}, got ${bytes}`,
    );
  }
  return bytes;
}
