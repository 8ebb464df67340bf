import { Annotations, Resource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { areKnown } from '../validate-environment';
import type { PreparedBucket } from './managed-bucket';

/** Throws where CloudWatch Logs could not export to the bucket, or where a policy would name the wrong account. */
export function refuseAnotherPlace(scope: Construct, bucket: IBucket) {
  const ours = Stack.of(scope);
  const theirs = bucket.env;
  if (areKnown(ours.region, theirs.region) && ours.region !== theirs.region) {
    throw new Error(
      'bucket must be in the Region of the log groups, ' +
        `${ours.region}, since CloudWatch Logs exports to no other, got ${theirs.region}`,
    );
  }
  for (const key of ['account', 'region'] as const) {
    const isKnownToOne = Token.compareStrings(ours[key], theirs[key]) === TokenComparison.ONE_UNRESOLVED;
    if (isKnownToOne && Resource.isOwnedResource(bucket)) {
      throw new Error(
        `the stacks of the archiver and of its bucket must both know their ${key} (env), or neither, got ` +
          `${known(ours[key])} and ${known(theirs[key])}`,
      );
    }
  }
}

/** Throws where the policy of an `ArchiveBucket` is known not to let this account write below the key prefix. */
export function refuseUnlessLetIn(scope: Construct, { sourceAccounts }: PreparedBucket, keyPrefix: string) {
  const { account } = Stack.of(scope);
  if (sourceAccounts !== undefined && areKnown(account, ...sourceAccounts) && !sourceAccounts.includes(account)) {
    throw new Error(
      'the account of an archiver must be one of the sourceAccounts of its archive bucket, ' +
        `${sourceAccounts.join(', ')}, got ${account}`,
    );
  }
  if (!areKnown(keyPrefix)) {
    return;
  }
  if (!areKnown(account) && !/^\d{12}(\/|$)/.test(keyPrefix)) {
    throw new Error(
      'keyPrefix must be the 12 digits of the account or start with them and /, below which alone an archive bucket lets ' +
        `an account write, got ${JSON.stringify(keyPrefix)}`,
    );
  }
  if (areKnown(account) && !`${keyPrefix}/`.startsWith(`${account}/`)) {
    throw new Error(
      `keyPrefix must be ${account} or start with ${account}/, below which alone an archive bucket lets this account ` +
        `write, got ${JSON.stringify(keyPrefix)}`,
    );
  }
}

/** Throws where a bucket of the app is known to be encrypted twice (DSSE-KMS): CloudWatch Logs exports to none. */
export function refuseDualLayer(scope: Construct, bucket: IBucket) {
  const { defaultChild } = bucket.node;
  const encryption =
    defaultChild instanceof CfnBucket ? Stack.of(scope).resolve(defaultChild.bucketEncryption) : undefined;
  if (JSON.stringify(encryption ?? null).includes('aws:kms:dsse')) {
    throw new Error(
      'bucket must be encrypted by SSE-S3 or SSE-KMS, to which alone CloudWatch Logs exports, got DSSE-KMS',
    );
  }
}

/** The rules of an `ArchiveRetention` are for one prefix an account, and go on with the year. */
export function validateRetainedKeys(scope: Construct, { hasRetention }: PreparedBucket, keyPrefix: string) {
  const { account, region } = Stack.of(scope);
  const reached = `${account}/${region}`;
  if (!hasRetention || !areKnown(account, region, keyPrefix)) {
    return;
  }
  if (keyPrefix.startsWith(`${reached}/20`)) {
    throw new Error(
      `keyPrefix must not start with ${reached}/20, which the retention of the archive bucket takes for a year: receipts would ` +
        `be deleted, too, got ${JSON.stringify(keyPrefix)}`,
    );
  }
  if (keyPrefix !== reached) {
    Annotations.of(scope).addWarningV2(
      'cdk-log-archiver:keyPrefix',
      `the retention of the archive bucket reaches the key prefix '${reached}' alone: what is archived below ` +
        `'${keyPrefix}' is kept for ever`,
    );
  }
}

function known(value: string): string {
  return areKnown(value) ? value : 'an unknown one';
}
