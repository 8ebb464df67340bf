import type { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, type IPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { METADATA_PREFIX } from '../core';
import { type FunctionName, functionRolePath } from '../role-path';

export interface LogsServiceAccess {
  readonly bucketArn: string;
  /** Account whose log groups are exported; the policy variable `aws:SourceAccount` if there are several. */
  readonly account: string;
  /** Starts of the archivers' keys. Exports write only below a year, so no export can write a receipt. */
  readonly keyStarts: string[];
}

export interface CallerAccess {
  readonly bucketArn: string;
  /** Accounts of the archivers. */
  readonly principals: IPrincipal[];
  /** Conditions in addition to the path of the role. */
  readonly conditions: Conditions;
  /** Patterns of the ARNs of the archivers' roles. */
  readonly roles: RolePattern;
  /** Starts of the archivers' keys, each empty or with the `/` at its end. May contain patterns. */
  readonly keyStarts: string[];
  /** @default - only `s3:PutObject` */
  readonly exportActions?: string[];
}

export type Conditions = Record<string, Record<string, unknown>>;

/** Returns the pattern of the ARNs of a function's roles. */
export type RolePattern = (name: FunctionName) => string;

/** Returns the patterns of the ARNs of the functions' roles in an account, or in any account. */
export function createRolePattern({ partition }: Stack, account: string, rolePath: string): RolePattern {
  return (name) => `arn:${partition}:iam::${account}:role${functionRolePath(rolePath, name)}*`;
}

/**
 * Returns the patterns of exported keys, which continue with a year.
 *
 * Not `????`: receipts can be in a folder such as `Asia`, which is part of a time zone.
 */
export function formatExportedKeys(keyStarts: string[]): string[] {
  return keyStarts.map((start) => `${start}20??/*`);
}

/** Returns the principal of CloudWatch Logs in the Region of a stack. */
export function createLogsPrincipal({ region, urlSuffix }: Stack): ServicePrincipal {
  return new ServicePrincipal(`logs.${region}.${urlSuffix}`);
}

/**
 * Returns the bucket policy's statements for CloudWatch Logs, limited to exports of the account.
 *
 * With a policy variable they admit any account: `denyOtherSources` limits them.
 *
 * The conditions on the source prevent that another account exports to the bucket (the confused deputy problem).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html
 */
export function createLogsStatements(stack: Stack, access: LogsServiceAccess) {
  const { bucketArn, account, keyStarts } = access;
  const principals = [createLogsPrincipal(stack)];
  const isAnyAccount = account.startsWith('${aws:');
  const fromAccount = isAnyAccount ? {} : { 'aws:SourceAccount': account };
  const fromLogGroups = {
    // A policy variable contains a colon, which an ARN operator may take for a separator: compare it as a string.
    [isAnyAccount ? 'StringLike' : 'ArnLike']: {
      'aws:SourceArn': `arn:${stack.partition}:logs:${stack.region}:${account}:log-group:*`,
    },
  };
  return {
    readAcl: new PolicyStatement({
      principals,
      actions: ['s3:GetBucketAcl'],
      resources: [bucketArn],
      conditions: { ...(isAnyAccount ? {} : { StringEquals: fromAccount }), ...fromLogGroups },
    }),
    write: new PolicyStatement({
      principals,
      actions: ['s3:PutObject'],
      resources: formatExportedKeys(keyStarts).map((keys) => `${bucketArn}/${keys}`),
      conditions: {
        StringEquals: { ...fromAccount, 's3:x-amz-acl': 'bucket-owner-full-control' },
        ...fromLogGroups,
      },
    }),
  };
}

/**
 * Returns the statement that denies CloudWatch Logs the bucket for other accounts.
 *
 * It has the only list of the accounts: in each of the other statements, 500 accounts would take 7.5 of 20 KB.
 */
export function denyOtherSources(stack: Stack, bucketArn: string, accounts: string[]): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    principals: [createLogsPrincipal(stack)],
    actions: ['s3:GetBucketAcl', 's3:PutObject'],
    resources: [bucketArn, `${bucketArn}/*`],
    conditions: { StringNotEquals: { 'aws:SourceAccount': accounts } },
  });
}

/**
 * Returns the bucket policy's statements for archivers of other accounts, by function.
 *
 * The path of the role identifies the function. So another role of such an account, and another function, cannot write
 * a receipt.
 *
 * The caller of CreateExportTask needs permission to write what CloudWatch Logs writes. The recorder counts the objects
 * of an export, and so lists all keys.
 */
export function createCallerStatements(access: CallerAccess) {
  const { bucketArn, principals, conditions, roles, keyStarts, exportActions = ['s3:PutObject'] } = access;
  const locate = (keys: string[]) => keys.map((each) => `${bucketArn}/${each}`);
  const listMetadata = (...folders: string[]) =>
    folders.flatMap((folder) => keyStarts.map((start) => `${start}${METADATA_PREFIX}/${folder}*`));
  const admit = (name: FunctionName, actions: string[], resources: string[], more: Conditions = {}) =>
    new PolicyStatement({
      principals,
      actions,
      resources,
      conditions: { ...conditions, ArnLike: { 'aws:PrincipalArn': roles(name) }, ...more },
    });
  const list = (name: FunctionName, keys: string[]) =>
    admit(name, ['s3:ListBucket'], [bucketArn], { StringLike: { 's3:prefix': keys } });
  return {
    exporterWrites: admit('export-log-to-s3', exportActions, locate(formatExportedKeys(keyStarts))),
    recorderWrites: admit(
      'record-archive',
      ['s3:GetObject', 's3:PutObject'],
      locate(listMetadata('receipts/', 'parts/')),
    ),
    recorderLists: list(
      'record-archive',
      findShortest(keyStarts).map((start) => `${start}*`),
    ),
    plannerWrites: admit('plan-archive', ['s3:GetObject', 's3:PutObject'], locate(listMetadata('runs/', 'periods/'))),
    plannerReads: admit('plan-archive', ['s3:GetObject'], locate(listMetadata('receipts/'))),
    plannerLists: list('plan-archive', listMetadata('')),
  };
}

/** Returns the starts that begin with no other one, because `*` also stands for the folders of the others. */
function findShortest(keyStarts: string[]): string[] {
  return keyStarts.filter((start) => !keyStarts.some((other) => other !== start && start.startsWith(other)));
}

/**
 * Returns the bucket policy's statements that deny objects which the owner of the bucket could not read.
 *
 * An object is encrypted with the bucket's key, `keyArn`, or with a key of S3. An object that is encrypted otherwise
 * would count as archived until its key is deleted.
 */
export function denyForeignEncryption(bucketArn: string, keyArn: string | undefined) {
  const ENCRYPTION = 's3:x-amz-server-side-encryption';
  const deny = (conditions: Conditions) =>
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [`${bucketArn}/*`],
      conditions,
    });
  return {
    ofCustomer: deny({ Null: { [`${ENCRYPTION}-customer-algorithm`]: 'false' } }),
    ofAnotherKey: deny({
      Null: { [`${ENCRYPTION}-aws-kms-key-id`]: 'false' },
      ...(keyArn === undefined ? {} : { StringNotEquals: { [`${ENCRYPTION}-aws-kms-key-id`]: keyArn } }),
    }),
  };
}
