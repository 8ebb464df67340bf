import { Resource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { METADATA_PREFIX, validateKeyPrefix } from '../core';
import { areKnown, type ResourceScope, validateEnvironment, validateKey } from '../validate-environment';
import { BUCKET, validateTypes } from '../validate-types';
import { findEncryptionErrors } from './bucket-encryption';
import { findLifecycleErrors } from './lifecycle-rules';
import { ARCHIVE_BUCKET_SYMBOL, findManagedBucket, type ManagedBucket } from './managed-bucket';
import { renderBucket } from './rendered-bucket';
import { validateIsSourceAccount } from './validate-archive-bucket';

export interface Destination {
  /** @default - the archiver creates a bucket */
  readonly bucket?: IBucket;
  readonly keyPrefix: string;
}

/** Throws unless the argument is a bucket or `undefined`. */
export function validateIsBucket(bucket: unknown) {
  if (typeof bucket === 'object' && bucket !== null && ARCHIVE_BUCKET_SYMBOL in bucket) {
    throw new Error('bucket must be a bucket, got an ArchiveBucket; pass its property bucket');
  }
  validateTypes({ bucket: [bucket, BUCKET] });
}

/**
 * Throws if CloudWatch Logs cannot export to the bucket, or if an `ArchiveBucket` denies this account the key prefix.
 */
export function validateDestination(scope: Construct, { bucket, keyPrefix }: Destination) {
  validateArchiverPrefix(keyPrefix);
  if (bucket === undefined) {
    return;
  }
  validateBucketEnvironment(scope, bucket);
  if (bucket.encryptionKey) {
    validateKey(scope, { field: 'bucket.encryptionKey', user: 'archiver', aspects: ['region'] }, bucket.encryptionKey);
  }
  const managed = findManagedBucket(bucket);
  if (managed) {
    validateSourceAccount(scope, managed, keyPrefix);
    validateExpiringKeys(scope, managed, keyPrefix);
  }
  const [error] = findBucketErrors({ bucket, keyPrefix });
  if (error !== undefined) {
    throw new Error(error);
  }
}

/**
 * Throws unless an archiver can have the key prefix. A token is accepted.
 *
 * Among the metadata of an archiver, readers of the archive would skip archived objects.
 */
export function validateArchiverPrefix(keyPrefix: string) {
  if (!areKnown(keyPrefix)) {
    return;
  }
  validateKeyPrefix(keyPrefix);
  if (keyPrefix.split('/').some((segment) => segment.startsWith(METADATA_PREFIX))) {
    throw new Error(
      `keyPrefix must not contain a segment that starts with ${METADATA_PREFIX} (archivers keep their receipts there), ` +
        `got ${JSON.stringify(keyPrefix)}`,
    );
  }
}

/** Throws if the bucket is that of an `ArchiveBucket`, in which a reader finds the prefixes of all archivers. */
export function validateNoPrefixInArchiveBucket(reason: string, keyPrefix: string, managed: ManagedBucket | undefined) {
  if (managed) {
    throw new Error(`keyPrefix must not be set for an ArchiveBucket (${reason}), got ${JSON.stringify(keyPrefix)}`);
  }
}

/** Throws unless a construct that reads archives is in the account and Region of its bucket, and of the bucket's key. */
export function validateReadBucket(scope: Construct, user: ResourceScope['user'], bucket: IBucket) {
  validateEnvironment(scope, { field: 'bucket', user, aspects: ['account', 'region'] }, bucket.env);
  validateSameKnowledge(scope, user, bucket);
  if (bucket.encryptionKey) {
    validateKey(scope, { field: 'bucket.encryptionKey', user, aspects: ['region'] }, bucket.encryptionKey);
  }
}

/** Throws if the bucket is in another Region, or if a policy would name the wrong account. */
function validateBucketEnvironment(scope: Construct, bucket: IBucket) {
  const stack = Stack.of(scope);
  const { env } = bucket;
  if (areKnown(stack.region, env.region) && stack.region !== env.region) {
    throw new Error(
      `bucket must be in the Region of the log groups, ${stack.region} (CloudWatch Logs exports only to buckets of ` +
        `its own Region), got ${env.region}`,
    );
  }
  validateSameKnowledge(scope, 'archiver', bucket);
}

/** Throws if only one of the stacks of the user and of its bucket knows its account or Region. */
function validateSameKnowledge(scope: Construct, user: ResourceScope['user'], bucket: IBucket) {
  const stack = Stack.of(scope);
  const { env } = bucket;
  for (const aspect of ['account', 'region'] as const) {
    const isKnownToOne = Token.compareStrings(stack[aspect], env[aspect]) === TokenComparison.ONE_UNRESOLVED;
    if (isKnownToOne && Resource.isOwnedResource(bucket)) {
      throw new Error(
        areKnown(env[aspect])
          ? `set env.${aspect} on the ${user}'s stack: its bucket is in ${env[aspect]}, and this stack is ` +
              'environment-agnostic'
          : `set env.${aspect} on the bucket's stack: the ${user} is in ${stack[aspect]}, and the bucket's stack is ` +
              'environment-agnostic',
      );
    }
  }
}

/** Returns the errors of a bucket of the app, as its template will have it. */
export function findBucketErrors({ bucket, keyPrefix }: Required<Destination>): string[] {
  const properties = renderBucket(bucket) ?? {};
  const rules = properties.LifecycleConfiguration?.Rules ?? [];
  return [...findEncryptionErrors(properties), ...findLifecycleErrors(rules, keyPrefix)];
}

/** Throws if the policy of an `ArchiveBucket` is known to deny this account writing under the key prefix. */
function validateSourceAccount(scope: Construct, managed: ManagedBucket, keyPrefix: string) {
  const { account } = Stack.of(scope);
  validateIsSourceAccount(account, managed);
  if (!areKnown(keyPrefix)) {
    return;
  }
  if (!areKnown(account) && !/^\d{12}(\/|$)/.test(keyPrefix)) {
    throw new Error(
      'keyPrefix must be the 12-digit account ID or start with the account ID and /: an ArchiveBucket lets each ' +
        `account write only under its own ID; got ${JSON.stringify(keyPrefix)}`,
    );
  }
  if (areKnown(account) && !`${keyPrefix}/`.startsWith(`${account}/`)) {
    throw new Error(
      `keyPrefix must be ${account} or start with ${account}/: an ArchiveBucket lets each account write only under ` +
        `its own ID; got ${JSON.stringify(keyPrefix)}`,
    );
  }
}

/** Throws if the retention of an `ArchiveBucket` would expire the archiver's metadata. */
function validateExpiringKeys(scope: Construct, { retentionDays }: ManagedBucket, keyPrefix: string) {
  const { account, region } = Stack.of(scope);
  const expires = retentionDays !== undefined && areKnown(account, region, keyPrefix);
  if (expires && keyPrefix.startsWith(`${account}/${region}/20`)) {
    throw new Error(
      `keyPrefix must not start with ${account}/${region}/20: the bucket's retention takes it for a year and would ` +
        `delete receipts; got ${JSON.stringify(keyPrefix)}`,
    );
  }
}
