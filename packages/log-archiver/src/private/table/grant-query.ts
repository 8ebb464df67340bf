import type { Stack } from 'aws-cdk-lib';
import type { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { METADATA_PREFIX } from '../core';
import type { TableSettings } from './table-settings';

export interface QueryGrantProps
  extends Pick<TableSettings, 'bucket' | 'keyPrefix' | 'encryptionKey' | 'account' | 'region'> {
  readonly stack: Stack;
  readonly databaseName: string;
  readonly workGroup: CfnWorkGroup;
  readonly resultsBucket: IBucket;
}

/** Actions of a query in a workgroup. */
const QUERY_ACTIONS = [
  'GetQueryExecution',
  'GetQueryResults',
  'GetWorkGroup',
  'StartQueryExecution',
  'StopQueryExecution',
];

/** Allows a principal to query the archive, in its own policy. */
export function grantQuery(grantee: IGrantable, props: QueryGrantProps): Grant {
  const { bucket, keyPrefix, encryptionKey, resultsBucket, account, region, databaseName, stack, workGroup } = props;
  const start = keyPrefix === null ? `*/${region}/` : keyPrefix === '' ? '' : `${keyPrefix}/`;
  const format = (service: string, resource: string) =>
    `arn:${stack.partition}:${service}:${region}:${account}:${resource}`;
  const grant = (resourceArns: string[], actions: string[], conditions?: Record<string, Record<string, unknown>>) =>
    Grant.addToPrincipal({ grantee, actions, resourceArns, ...(conditions && { conditions }) });

  const grants = [
    grant(
      [format('athena', `workgroup/${workGroup.name}`)],
      QUERY_ACTIONS.map((action) => `athena:${action}`),
    ),
    // Athena also looks up the database `default` for each query.
    // https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
    grant(
      ['catalog', 'database/default', `database/${databaseName}`].map((name) => format('glue', name)),
      ['glue:GetDatabase'],
    ),
    grant(
      ['catalog', `database/${databaseName}`, `table/${databaseName}/*`].map((name) => format('glue', name)),
      ['glue:GetTable', 'glue:GetTables'],
    ),
    grant(
      [bucket.arnForObjects(`${start}20*`), bucket.arnForObjects(`${start}${METADATA_PREFIX}/receipts/*`)],
      ['s3:GetObject'],
    ),
    grant([bucket.bucketArn], ['s3:ListBucket'], {
      StringLike: { 's3:prefix': [`${start}20*`, `${start}${METADATA_PREFIX}/receipts/*`] },
    }),
    grant([bucket.bucketArn, resultsBucket.bucketArn], ['s3:GetBucketLocation']),
    grant([resultsBucket.bucketArn], ['s3:ListBucket', 's3:ListBucketMultipartUploads']),
    grant(
      [resultsBucket.arnForObjects('results/*')],
      ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
    ),
    ...(bucket.encryptionKey ? [bucket.encryptionKey.grantDecrypt(grantee)] : []),
    ...(encryptionKey ? [encryptionKey.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey')] : []),
  ];
  return grants.reduce((all, each) => all.combine(each));
}
