import { Token } from 'aws-cdk-lib';
import type { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { ArchiveRetention } from '../../archive-retention';
import { areKnown } from '../validate-environment';
import type { ManagedBucket } from './managed-bucket';

/** A bucket policy holds 20 KB and names each account seven times, or once if callers are admitted by organization. */
const MAX_SOURCE_ACCOUNTS = 100;
const MAX_SOURCE_ACCOUNTS_WITH_ORGANIZATION = 500;

/** Throws unless `account` is an account ID. A token is accepted. */
export function validateAccount(field: string, account: string) {
  if (!Token.isUnresolved(account) && !/^\d{12}$/.test(account)) {
    throw new Error(`${field} must be 12 digits, got ${JSON.stringify(account)}`);
  }
}

/** Throws if an account is twice in a list. */
export function validateDifferent(field: string, accounts: string[]) {
  const duplicate = accounts.find((account, index) => accounts.indexOf(account) !== index);
  if (duplicate !== undefined) {
    throw new Error(`${field} must not contain duplicates, got ${duplicate} twice`);
  }
}

/** Throws if the `sourceAccounts` of an `ArchiveBucket` are known not to have the account. */
export function validateIsSourceAccount(account: string, { sourceAccounts }: ManagedBucket) {
  if (sourceAccounts !== undefined && areKnown(account, ...sourceAccounts) && !sourceAccounts.includes(account)) {
    throw new Error(
      `account ${account} is not in the ArchiveBucket's sourceAccounts (${sourceAccounts.join(', ')}); add it there`,
    );
  }
}

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export function validateOrganizationId(organizationId: string | undefined) {
  if (
    organizationId !== undefined &&
    !Token.isUnresolved(organizationId) &&
    !/^o-[a-z0-9]{10,32}$/.test(organizationId)
  ) {
    throw new Error(
      `organizationId must be o- and 10 to 32 lower-case letters and digits, got ${JSON.stringify(organizationId)}`,
    );
  }
}

/** Throws unless the list has different account IDs, and no more than fit in the policies. */
export function validateSourceAccounts(sourceAccounts: string[], organizationId: string | undefined) {
  // A list that is a token has one element, which stands for all.
  if (Token.isUnresolved(sourceAccounts)) {
    throw new Error('sourceAccounts must be known at synthesis (lifecycle rules name each account), got a token');
  }
  if (sourceAccounts.length === 0) {
    throw new Error('sourceAccounts must contain at least one account, got none');
  }
  for (const account of sourceAccounts) {
    validateAccount('each of sourceAccounts', account);
  }
  validateDifferent('sourceAccounts', sourceAccounts);
  const max = organizationId === undefined ? MAX_SOURCE_ACCOUNTS : MAX_SOURCE_ACCOUNTS_WITH_ORGANIZATION;
  if (sourceAccounts.length > max) {
    const remedy = organizationId === undefined ? 'set organizationId, or use several buckets' : 'use several buckets';
    throw new Error(
      `sourceAccounts must contain at most ${max} accounts (a bucket policy has no room for more), got ` +
        `${sourceAccounts.length}; ${remedy}`,
    );
  }
}

/**
 * Throws unless objects are locked for as long as they are kept.
 *
 * An object that is overwritten after its lock has ended is deleted 90 days later. If objects expired while they are
 * locked, S3 would add a delete marker and continue to bill them.
 */
export function validateRetention(
  retention: ArchiveRetention | undefined,
  objectLock: ObjectLockRetention | undefined,
) {
  if (retention === undefined || objectLock === undefined || objectLock.duration.isUnresolved()) {
    return;
  }
  const [lockedDays, keptDays] = [objectLock.duration.toDays(), retention.duration.toDays()];
  if (keptDays < lockedDays) {
    throw new Error(`retention must be at least as long as objectLock, ${lockedDays} days, got ${keptDays} days`);
  }
  if (lockedDays < keptDays) {
    throw new Error(
      `objectLock must be at least as long as retention, ${keptDays} days (an object that is overwritten after its lock ` +
        `has ended is deleted), got ${lockedDays} days; pass the duration of the retention`,
    );
  }
}
