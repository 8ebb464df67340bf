import type { Stack } from 'aws-cdk-lib';
import { type IPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { OWN_FOLDER } from '../own-folder';

export interface LogsServiceRights {
  readonly bucketArn: string;
  /** The accounts whose log groups are exported. */
  readonly accounts: string | string[];
  /** The account as the ARN of such a log group has it; a policy variable, where there may be several. */
  readonly account: string;
  /** What the keys of the objects look like. */
  readonly keys: string;
}

export interface CallerRights {
  readonly bucketArn: string;
  readonly principals: IPrincipal[];
  readonly conditions: Record<string, Record<string, unknown>>;
  /** What every key starts with, with the `/` after it; empty: nothing. */
  readonly keyStart: string;
  /** Where below it what the archiver writes itself may be, besides directly. */
  readonly ownFoldersBelow?: string[];
}

/** CloudWatch Logs of the Region of a stack. */
export function logsService({ region, urlSuffix }: Stack): ServicePrincipal {
  return new ServicePrincipal(`logs.${region}.${urlSuffix}`);
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html, with no way for a confused deputy. */
export function logsServiceStatements(stack: Stack, rights: LogsServiceRights) {
  const { bucketArn, accounts, account, keys } = rights;
  const principals = [logsService(stack)];
  // A policy variable has a colon, which an ARN operator may take for one of the ARN's: it is compared as a text.
  const like = account.startsWith('${aws:') ? 'StringLike' : 'ArnLike';
  const fromThere = {
    StringEquals: { 'aws:SourceAccount': accounts },
    [like]: { 'aws:SourceArn': `arn:${stack.partition}:logs:${stack.region}:${account}:log-group:*` },
  };
  return {
    readAcl: new PolicyStatement({
      principals,
      actions: ['s3:GetBucketAcl'],
      resources: [bucketArn],
      conditions: fromThere,
    }),
    write: new PolicyStatement({
      principals,
      actions: ['s3:PutObject'],
      resources: [`${bucketArn}/${keys}`],
      conditions: {
        ...fromThere,
        StringEquals: { ...fromThere.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    }),
  };
}

/**
 * Who calls CreateExportTask in another account has to be allowed to write what CloudWatch Logs writes; the archiver's
 * functions there read what they have written themselves, and count the objects of an export.
 */
export function callerStatements({ bucketArn, principals, conditions, keyStart, ownFoldersBelow = [] }: CallerRights) {
  const ownFolders = ['', ...ownFoldersBelow].map((below) => `${bucketArn}/${keyStart}${below}${OWN_FOLDER}/*`);
  return {
    write: new PolicyStatement({
      principals,
      actions: ['s3:PutObject'],
      resources: [`${bucketArn}/${keyStart}*`],
      conditions,
    }),
    read: new PolicyStatement({ principals, actions: ['s3:GetObject'], resources: ownFolders, conditions }),
    list: new PolicyStatement({
      principals,
      actions: ['s3:ListBucket'],
      resources: [bucketArn],
      conditions: { ...conditions, StringLike: { 's3:prefix': `${keyStart}*` } },
    }),
  };
}
