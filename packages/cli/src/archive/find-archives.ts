import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { isAccount } from '@log-archiver/verify-archive/keys';
import { findKeyPrefixes } from '@log-archiver/verify-archive/plan/find-key-prefixes';
import { type FoundPeriod, findPeriods } from '@log-archiver/verify-archive/plan/find-periods';
import { UserError } from '../errors';

/** Calls at the same time. */
export const PARALLEL_CALLS = 20;

/** Restriction to some archives of a bucket. */
export interface ArchiveFilter {
  readonly account?: string;
  readonly region?: string;
  /** Empty: the archive has no prefix. @default - finds the archives by listing the bucket */
  readonly keyPrefix?: string;
}

/** Finds all periods that have receipts or a status. Lists folders, not receipts. */
export async function findArchivedPeriods(bucket: ArchiveBucket, filter: ArchiveFilter): Promise<FoundPeriod[]> {
  const { account, region, keyPrefix } = filter;
  const keyPrefixes = keyPrefix === undefined ? await findKeyPrefixes(bucket) : [keyPrefix];
  const found = { periods: new Map<string, FoundPeriod>(), archivers: [] };
  const allowed = keyPrefixes.filter((prefix) => mayBelongTo(prefix, account));
  await inParallel(allowed, PARALLEL_CALLS, (prefix) => findPeriods(bucket, prefix, found));
  const periods = [...found.periods.values()].filter(
    (period) => (account ?? period.account) === period.account && (region ?? period.region) === period.region,
  );
  if (periods.length === 0) {
    throw new UserError(describeMissing(bucket.s3BucketName, filter));
  }
  return periods;
}

/** Whether the archive below a prefix can be that of an account. In an archive bucket, the prefix starts with its ID. */
function mayBelongTo(keyPrefix: string, account: string | undefined): boolean {
  const [first = ''] = keyPrefix.split('/');
  return account === undefined || !isAccount(first) || first === account;
}

function describeMissing(bucket: string, { account, region, keyPrefix }: ArchiveFilter): string {
  const given = Object.entries({ account, region, 'key-prefix': keyPrefix })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `--${name} ${value === '' ? '""' : value}`);
  const where = given.length === 0 ? '' : ` for ${given.join(' ')}`;
  const remedy = keyPrefix === undefined ? '; pass --key-prefix if the archiver has a keyPrefix of its own' : '';
  return `--bucket must contain an archive${where}, got ${JSON.stringify(bucket)}${remedy}`;
}
