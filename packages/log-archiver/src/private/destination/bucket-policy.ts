import { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, ArnPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { METADATA_PREFIX } from '../core';
import {
  type CallerAccess,
  createCallerStatements,
  createLogsStatements,
  createRolePattern,
  denyForeignEncryption,
  denyOtherSources,
} from './bucket-statements';

export interface BucketPolicyProps {
  readonly sourceAccounts: string[];
  readonly organizationId?: string;
  /** Path of the archivers' roles. */
  readonly rolePath: string;
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
 * Returns the principals that may call, and the conditions that limit them: the source accounts, or the organization.
 *
 * Accounts by their ID, which is shorter than the ARN. Block Public Access does not count a principal `*` with the
 * organization as public.
 */
export function describeCallers({
  sourceAccounts,
  organizationId,
}: Omit<BucketPolicyProps, 'rolePath'>): Pick<CallerAccess, 'principals' | 'conditions'> {
  return organizationId === undefined
    ? { principals: sourceAccounts.map((account) => new ArnPrincipal(account)), conditions: {} }
    : {
        principals: [new AnyPrincipal()],
        conditions: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
      };
}

/**
 * Adds the policy of an archive bucket: each account writes only under its own ID, and each function only its own files.
 *
 * The statements use policy variables: the 20 KB of a bucket policy hold the IDs of 100 accounts in every statement, but
 * not a statement for each account.
 */
export function addArchiveBucketPolicy(bucket: Bucket, props: BucketPolicyProps) {
  const { bucketArn, encryptionKey } = bucket;
  const stack = Stack.of(bucket);
  const startBelow = (account: string) => [`${account}/`, `${account}/*/`];
  const logs = createLogsStatements(stack, {
    bucketArn,
    account: '${aws:SourceAccount}',
    keyStarts: startBelow('${aws:SourceAccount}'),
  });
  const callers = createCallerStatements({
    bucketArn,
    ...describeCallers(props),
    roles: createRolePattern(stack, '*', props.rolePath),
    keyStarts: startBelow('${aws:PrincipalAccount}'),
  });
  const foreign = denyForeignEncryption(bucketArn, encryptionKey?.keyArn);
  const statements = {
    LogsServiceReadsTheBucketAcl: logs.readAcl,
    LogsServiceWritesBelowAYear: logs.write,
    ExportersWriteBelowAYear: callers.exporterWrites,
    RecordersReadAndWriteReceipts: callers.recorderWrites,
    RecordersListBelowTheirAccount: callers.recorderLists,
    PlannersReadAndWriteRunsAndPeriods: callers.plannerWrites,
    PlannersReadReceipts: callers.plannerReads,
    PlannersListMetadata: callers.plannerLists,
    LogsServiceActsForTheSourceAccounts: denyOtherSources(stack, bucketArn, props.sourceAccounts),
    ReceiptsAreWrittenOnce: denyOverwritingReceipts(bucketArn),
    NoCustomerProvidedKeys: foreign.ofCustomer,
    NoForeignKeys: foreign.ofAnotherKey,
    OnlyTheOwnerDeletes: denyDeletingByOthers(bucketArn, stack.account),
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
