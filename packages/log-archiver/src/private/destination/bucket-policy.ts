import { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { OWN_FOLDER } from '../own-folder';
import { callerStatements, logsServiceStatements } from './bucket-statements';

export interface ArchiveBucketPolicyProps {
  readonly sourceAccounts: string[];
  readonly organizationId?: string;
}

const DELETES = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:DeleteBucket'];
/** What would make the archive mutable again. */
const WAYS_TO_DELETE = [
  's3:BypassGovernanceRetention',
  's3:DeleteBucketPolicy',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketPolicy',
  's3:PutBucketVersioning',
  's3:PutLifecycleConfiguration',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
];

/** The accounts that call: Block Public Access takes a principal `*` with such a condition for no public one. */
export function callersOf({ sourceAccounts, organizationId }: ArchiveBucketPolicyProps) {
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
 * Lets each account write below its own number alone. By policy variables, since 20 KB have room for the numbers of 200
 * accounts, but not for a statement for each.
 */
export function addArchiveBucketPolicy(bucket: Bucket, props: ArchiveBucketPolicyProps) {
  const { bucketArn } = bucket;
  const logs = logsServiceStatements(Stack.of(bucket), {
    bucketArn,
    accounts: props.sourceAccounts,
    account: '${aws:SourceAccount}',
    keys: '${aws:SourceAccount}/*',
  });
  const callers = callerStatements({
    bucketArn,
    ...callersOf(props),
    keyStart: '${aws:PrincipalAccount}/',
    ownFoldersBelow: ['*/'],
  });
  const statements = {
    LogsServiceReadsTheBucketAcl: logs.readAcl,
    LogsServiceWritesBelowTheSourceAccount: logs.write,
    CallersWriteBelowTheirAccount: callers.write,
    CallersReadTheirReceipts: callers.read,
    CallersListBelowTheirAccount: callers.list,
    ReceiptsAreWrittenOnce: receiptsAreWrittenOnce(bucketArn),
    OnlyTheOwnerDeletes: onlyTheOwnerDeletes(bucketArn, Stack.of(bucket).account),
  };
  for (const [sid, statement] of Object.entries(statements)) {
    statement.sid = sid;
    bucket.addToResourcePolicy(statement);
  }
}

/**
 * The owner included. What runs and periods say is written anew; the parts of a multipart upload carry no such header.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
function receiptsAreWrittenOnce(bucketArn: string): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: ['receipts', 'parts'].map((folder) => `${bucketArn}/*/${OWN_FOLDER}/${folder}/*`),
    conditions: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
  });
}

/** Whatever somebody adds to this policy later. Lifecycle rules are not asked: they are the owner's. */
function onlyTheOwnerDeletes(bucketArn: string, owner: string): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...DELETES, ...WAYS_TO_DELETE],
    resources: [bucketArn, `${bucketArn}/*`],
    conditions: { StringNotEquals: { 'aws:PrincipalAccount': owner } },
  });
}
