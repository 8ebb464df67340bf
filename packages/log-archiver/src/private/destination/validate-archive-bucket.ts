import { Token } from 'aws-cdk-lib';
import type { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { ArchiveRetention } from '../../archive-retention';

/** A bucket policy holds 20 KB, with each account five times; or twice, where callers are known by their organization. */
const MAX_SOURCE_ACCOUNTS = 200;
const MAX_SOURCE_ACCOUNTS_WITH_ORGANIZATION = 500;

/** Throws unless `account` is the number of an account, as far as is known. */
export function validateAccount(parameter: string, account: string) {
  if (!Token.isUnresolved(account) && !/^\d{12}$/.test(account)) {
    throw new Error(`${parameter} must be 12 digits, got ${JSON.stringify(account)}`);
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

/** Throws unless these are some accounts, once each, and as many as policies have room for. */
export function validateSourceAccounts(sourceAccounts: string[], organizationId: string | undefined) {
  // A list that is a token has one element, which stands for all.
  if (Token.isUnresolved(sourceAccounts)) {
    throw new Error(
      'sourceAccounts must be known at synth, since the lifecycle rules name each of them, got a token list',
    );
  }
  if (sourceAccounts.length === 0) {
    throw new Error('sourceAccounts must be at least one account, got none');
  }
  for (const account of sourceAccounts) {
    validateAccount('each of sourceAccounts', account);
  }
  const twice = sourceAccounts.find((account, index) => sourceAccounts.indexOf(account) !== index);
  if (twice !== undefined) {
    throw new Error(`sourceAccounts must be accounts once each, got ${twice} twice`);
  }
  const max = organizationId === undefined ? MAX_SOURCE_ACCOUNTS : MAX_SOURCE_ACCOUNTS_WITH_ORGANIZATION;
  if (sourceAccounts.length > max) {
    const remedy = organizationId === undefined ? 'give an organizationId, or use' : 'use';
    throw new Error(
      `sourceAccounts must be at most ${max} accounts, which a bucket policy has room for, got ` +
        `${sourceAccounts.length}; ${remedy} several buckets`,
    );
  }
}

/** Throws if objects were to be deleted while they are locked: S3 would put a delete marker before them, and bill on. */
export function validateRetention(
  retention: ArchiveRetention | undefined,
  objectLock: ObjectLockRetention | undefined,
) {
  if (retention === undefined || objectLock === undefined || objectLock.duration.isUnresolved()) {
    return;
  }
  const locked = objectLock.duration.toDays();
  if (retention._days() < locked) {
    throw new Error(`retention must be at least as long as objectLock, ${locked} days, got ${retention._days()} days`);
  }
}
