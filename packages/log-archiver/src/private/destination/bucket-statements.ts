import type { Stack } from 'aws-cdk-lib';
import { type IPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { METADATA_PREFIX } from '../core';

export interface LogsServiceAccess {
  readonly bucketArn: string;
  /** Accounts whose log groups are exported. */
  readonly accounts: string | string[];
  /** Account in the ARN of such a log group; a policy variable if there may be several. */
  readonly account: string;
  /** Pattern of the objects' keys. */
  readonly keys: string;
}

export interface CallerAccess {
  readonly bucketArn: string;
  readonly principals: IPrincipal[];
  readonly conditions: Record<string, Record<string, unknown>>;
  /** Start of every key, with the `/` at its end, or empty. */
  readonly keyStart: string;
  /** Patterns between `keyStart` and the metadata, in addition to none. */
  readonly foldersAboveMetadata?: string[];
  /** @default - only `s3:PutObject` */
  readonly writeActions?: string[];
}

/** Returns the principal of CloudWatch Logs in the Region of a stack. */
export function createLogsPrincipal({ region, urlSuffix }: Stack): ServicePrincipal {
  return new ServicePrincipal(`logs.${region}.${urlSuffix}`);
}

/**
 * Returns the bucket policy's statements for CloudWatch Logs, limited to exports of the given accounts.
 *
 * The conditions on the source prevent that another account exports to the bucket (the confused deputy problem).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html
 */
export function createLogsStatements(stack: Stack, access: LogsServiceAccess) {
  const { bucketArn, accounts, account, keys } = access;
  const principals = [createLogsPrincipal(stack)];
  // A policy variable contains a colon, which an ARN operator may take for a separator: compare it as a string.
  const like = account.startsWith('${aws:') ? 'StringLike' : 'ArnLike';
  const fromAccounts = {
    StringEquals: { 'aws:SourceAccount': accounts },
    [like]: { 'aws:SourceArn': `arn:${stack.partition}:logs:${stack.region}:${account}:log-group:*` },
  };
  return {
    readAcl: new PolicyStatement({
      principals,
      actions: ['s3:GetBucketAcl'],
      resources: [bucketArn],
      conditions: fromAccounts,
    }),
    write: new PolicyStatement({
      principals,
      actions: ['s3:PutObject'],
      resources: [`${bucketArn}/${keys}`],
      conditions: {
        ...fromAccounts,
        StringEquals: { ...fromAccounts.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    }),
  };
}

/**
 * Returns the bucket policy's statements for archivers of other accounts.
 *
 * The caller of CreateExportTask needs permission to write what CloudWatch Logs writes. The functions also read their
 * own metadata, and count the objects of an export.
 */
export function createCallerStatements(access: CallerAccess) {
  const { bucketArn, principals, conditions, keyStart, foldersAboveMetadata = [] } = access;
  const { writeActions = ['s3:PutObject'] } = access;
  const metadata = ['', ...foldersAboveMetadata].map(
    (folder) => `${bucketArn}/${keyStart}${folder}${METADATA_PREFIX}/*`,
  );
  return {
    write: new PolicyStatement({
      principals,
      actions: writeActions,
      resources: [`${bucketArn}/${keyStart}*`],
      conditions,
    }),
    read: new PolicyStatement({ principals, actions: ['s3:GetObject'], resources: metadata, conditions }),
    list: new PolicyStatement({
      principals,
      actions: ['s3:ListBucket'],
      resources: [bucketArn],
      conditions: { ...conditions, StringLike: { 's3:prefix': `${keyStart}*` } },
    }),
  };
}
