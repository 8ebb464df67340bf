import { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { METADATA_PREFIX } from '../core';
import { createCallerStatements, createLogsStatements } from './bucket-statements';

export interface BucketPolicyProps {
  readonly sourceAccounts: string[];
  readonly organizationId?: string;
}

const DELETE_ACTIONS = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:DeleteBucket'];
/** Actions that would make the archive mutable again. */
const UNPROTECT_ACTIONS = [
  's3:BypassGovernanceRetention',
  's3:DeleteBucketPolicy',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketPolicy',
  's3:PutBucketVersioning',
  's3:PutLifecycleConfiguration',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
];

/**
 * Returns the principals that may call, and the conditions that limit them to the source accounts or the organization.
 *
 * Block Public Access does not count a principal `*` with such a condition as public.
 */
export function describeCallers({ sourceAccounts, organizationId }: BucketPolicyProps) {
  return {
    principals: [new AnyPrincipal()],
    conditions: {
      StringEquals:
        organizationId === undefined
          ? { 'aws:PrincipalAccount': sourceAccounts }
          : { 'aws:PrincipalOrgID': organizationId },
    },
  };
}

/**
 * Adds the policy of an archive bucket: each account writes only under its own ID.
 *
 * The statements use policy variables: the 20 KB of a bucket policy hold the IDs of 200 accounts, but not a statement
 * for each.
 */
export function addArchiveBucketPolicy(bucket: Bucket, props: BucketPolicyProps) {
  const { bucketArn } = bucket;
  const logs = createLogsStatements(Stack.of(bucket), {
    bucketArn,
    accounts: props.sourceAccounts,
    account: '${aws:SourceAccount}',
    keys: '${aws:SourceAccount}/*',
  });
  const callers = createCallerStatements({
    bucketArn,
    ...describeCallers(props),
    keyStart: '${aws:PrincipalAccount}/',
    foldersAboveMetadata: ['*/'],
  });
  const statements = {
    LogsServiceReadsTheBucketAcl: logs.readAcl,
    LogsServiceWritesBelowTheSourceAccount: logs.write,
    CallersWriteBelowTheirAccount: callers.write,
    CallersReadTheirReceipts: callers.read,
    CallersListBelowTheirAccount: callers.list,
    ReceiptsAreWrittenOnce: denyOverwritingReceipts(bucketArn),
    OnlyTheOwnerDeletes: denyDeletingByOthers(bucketArn, Stack.of(bucket).account),
  };
  for (const [sid, statement] of Object.entries(statements)) {
    statement.sid = sid;
    bucket.addToResourcePolicy(statement);
  }
}

/**
 * Denies writing receipts and part records without `If-None-Match`, even to the owner.
 *
 * The files of runs and periods are rewritten, so they are not included. The parts of a multipart upload do not carry
 * the header, so the statement does not apply to them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
function denyOverwritingReceipts(bucketArn: string): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: ['receipts', 'parts'].map((folder) => `${bucketArn}/*/${METADATA_PREFIX}/${folder}/*`),
    conditions: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
  });
}

/**
 * Denies deleting to all accounts except the owner, whatever is added to the policy later.
 *
 * Lifecycle rules are not affected: they act for the owner.
 */
function denyDeletingByOthers(bucketArn: string, owner: string): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...DELETE_ACTIONS, ...UNPROTECT_ACTIONS],
    resources: [bucketArn, `${bucketArn}/*`],
    conditions: { StringNotEquals: { 'aws:PrincipalAccount': owner } },
  });
}
